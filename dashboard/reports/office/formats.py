"""How office programs write each kind of number, so that they show the digits of the screen."""

OFFICE_FORMATS = {
    "share": "0.0%",
    "score": "#,##0.0",
    "number": "#,##0.0",
    "hours": "#,##0.0",
    "area": "#,##0.0",
    "total": "#,##0.00",
    "count": "#,##0",
    "people": "#,##0",
    "yuan": "#,##0",
    "rank": "#,##0",
    "decimal": "General",  # no format writes both 5 and 2.35; a cell has one of its own
    "year": "0",
    "share_change": "+0.0;-0.0;0.0",
    "score_change": "+0.0;-0.0;0.0",
    "count_change": "+#,##0;-#,##0;0",
    "text": "General",
    "date": "yyyy-mm-dd",
    "month": "yyyy-mm",
    "quarter": "yyyy-mm",
}

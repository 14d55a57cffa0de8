"""The plans of the sample places: what each is made of, with the figures its report states."""

from dashboard.sample.plans import city_a, city_e, county_c, district_d, subdistrict_b
from dashboard.sample.plans.plan import Case, CompoundType, Grant, Plan, Property, Rates, Services, Workforce

PLANS = {plan.place: plan for plan in (city_a.PLAN, subdistrict_b.PLAN, county_c.PLAN, district_d.PLAN, city_e.PLAN)}
__all__ = ["PLANS", "Case", "CompoundType", "Grant", "Plan", "Property", "Rates", "Services", "Workforce"]

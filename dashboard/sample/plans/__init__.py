"""The plans of the sample places: what each is made of, with the figures its report states."""

from dashboard.sample.plans import city_a
from dashboard.sample.plans.plan import CompoundType, Grant, Plan, Rates, Services

PLANS = {plan.place: plan for plan in (city_a.PLAN,)}
__all__ = ["PLANS", "CompoundType", "Grant", "Plan", "Rates", "Services"]

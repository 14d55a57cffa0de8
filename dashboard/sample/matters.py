"""What residents report: matters with their family, season, difficulty and the unit that answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CHANNELS = ("12345热线", "小区微信群", "网格员上报", "一键报修", "微站来访", "书记信箱")
CHANNEL_MIX = (0.27, 0.24, 0.22, 0.15, 0.08, 0.04)
FLAT = (1.0,) * 12
WINTER = (2.6, 2.2, 1.3, 0.4, 0.2, 0.2, 0.2, 0.2, 0.3, 0.9, 2.2, 2.5)
SUMMER = (0.5, 0.5, 0.7, 0.9, 1.2, 1.6, 1.9, 1.8, 1.2, 0.8, 0.6, 0.5)
RAINY = (0.5, 0.5, 0.7, 1.0, 1.3, 1.9, 2.1, 1.8, 1.1, 0.7, 0.5, 0.5)


@dataclass(frozen=True)
class Matter:
    """One sub-category: how often it is reported (per type of compound and month) and how hard it is."""

    family: str
    category: str
    subcategory: str
    weight: float
    by_type: tuple[float, float, float, float]  # residential, transitional, old, work unit
    season: tuple[float, ...]
    tiers: tuple[float, float, float]  # small, large, difficult
    owner_unit: str


_ROWS = {  # by family and category
    ("environment", "市容环境"): (
        ("垃圾清运", 9, (0.7, 1.7, 1.1, 0.9), SUMMER, (0.86, 0.12, 0.02), "社区环卫站"),
        ("楼道堆物", 7, (0.8, 1.1, 1.4, 1.2), FLAT, (0.80, 0.18, 0.02), "社区居委会"),
        ("绿化养护", 5, (1.3, 0.4, 0.8, 0.9), SUMMER, (0.72, 0.25, 0.03), "物业服务企业"),
        ("蚊蝇鼠害", 3, (0.6, 1.6, 1.2, 1.0), SUMMER, (0.75, 0.22, 0.03), "社区环卫站"),
    ),
    ("facilities", "公用设施"): (
        ("供暖不热", 8, (0.8, 0.6, 1.3, 1.4), WINTER, (0.45, 0.42, 0.13), "供热企业"),
        ("给水故障", 6, (0.8, 1.2, 1.2, 1.0), SUMMER, (0.62, 0.31, 0.07), "供水企业"),
        ("排水堵塞", 7, (0.6, 1.5, 1.4, 1.1), RAINY, (0.58, 0.33, 0.09), "街道市政所"),
        ("屋面渗漏", 4, (0.5, 0.8, 1.6, 1.4), RAINY, (0.20, 0.50, 0.30), "区住建部门"),
        ("电梯故障", 4, (2.2, 0.2, 0.3, 0.5), FLAT, (0.55, 0.36, 0.09), "物业服务企业"),
        ("楼道照明", 5, (0.6, 1.1, 1.5, 1.2), FLAT, (0.90, 0.09, 0.01), "社区居委会"),
        ("道路破损", 3, (0.6, 1.4, 1.3, 1.0), FLAT, (0.30, 0.50, 0.20), "街道市政所"),
    ),
    ("safety", "安全隐患"): (
        ("消防通道占用", 5, (0.9, 1.6, 1.1, 0.8), FLAT, (0.74, 0.22, 0.04), "消防救援机构"),
        ("飞线充电", 5, (0.6, 1.6, 1.3, 1.0), SUMMER, (0.84, 0.14, 0.02), "社区居委会"),
        ("燃气隐患", 2, (0.7, 1.5, 1.2, 1.0), WINTER, (0.55, 0.36, 0.09), "燃气企业"),
        ("高空坠物", 2, (1.2, 0.4, 1.1, 0.8), FLAT, (0.50, 0.40, 0.10), "社区居委会"),
    ),
    ("property", "物业服务"): (
        ("停车管理", 8, (1.4, 0.7, 0.9, 0.9), FLAT, (0.60, 0.32, 0.08), "物业服务企业"),
        ("收费争议", 4, (1.7, 0.5, 0.6, 0.6), FLAT, (0.42, 0.42, 0.16), "物业服务企业"),
        ("服务不到位", 5, (1.4, 0.8, 0.8, 0.8), FLAT, (0.62, 0.32, 0.06), "物业服务企业"),
        ("维修资金使用", 2, (1.1, 0.1, 1.2, 0.9), FLAT, (0.10, 0.50, 0.40), "区住建部门"),
    ),
    ("neighbours", "邻里关系"): (
        ("噪声扰民", 7, (1.2, 1.2, 0.9, 0.8), SUMMER, (0.80, 0.17, 0.03), "社区民警室"),
        ("漏水纠纷", 4, (0.8, 0.7, 1.3, 1.1), RAINY, (0.44, 0.42, 0.14), "社区调解室"),
        ("宠物饲养", 3, (1.4, 0.7, 0.8, 0.8), FLAT, (0.86, 0.12, 0.02), "社区居委会"),
    ),
    ("welfare", "民生保障"): (
        ("养老助餐", 3, (0.7, 0.6, 1.2, 1.4), FLAT, (0.82, 0.16, 0.02), "街道民政办"),
        ("救助申请", 2, (0.4, 1.4, 1.3, 1.0), WINTER, (0.50, 0.40, 0.10), "街道民政办"),
        ("证明办理", 3, (0.9, 1.3, 1.0, 0.9), FLAT, (0.92, 0.07, 0.01), "社区居委会"),
    ),
}  # fmt: skip
MATTERS = tuple(Matter(*place, *row) for place, rows in _ROWS.items() for row in rows)
FAMILIES = tuple(dict.fromkeys(matter.family for matter in MATTERS))
CATEGORIES = tuple(dict.fromkeys(matter.category for matter in MATTERS))
UNITS = tuple(dict.fromkeys(matter.owner_unit for matter in MATTERS))
SUBCATEGORIES = tuple(matter.subcategory for matter in MATTERS)
FAMILY_OF = np.array([FAMILIES.index(matter.family) for matter in MATTERS])
CATEGORY_OF = np.array([CATEGORIES.index(matter.category) for matter in MATTERS])
UNIT_OF = np.array([UNITS.index(matter.owner_unit) for matter in MATTERS])
TIERS = np.array([matter.tiers for matter in MATTERS])


def monthly_weights() -> NDArray[np.float64]:
    """Weight of every matter per compound type and calendar month: shape (12, types, matters)."""
    weight = np.array([matter.weight for matter in MATTERS])
    by_type = np.array([matter.by_type for matter in MATTERS]).T
    season = np.array([matter.season for matter in MATTERS]).T
    return season[:, None, :] * by_type[None, :, :] * weight

"""Invented names in both languages, put together from uncommon syllables so that no real place is meant."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.sample.draws import weighted

Name = tuple[str, str]  # Chinese, English

SUBDISTRICT, TOWN, COMMUNITY = ("街道", "Subdistrict"), ("镇", "Town"), ("社区", "Community")

# Every syllable is spelt differently, so that names that differ in Chinese differ in English.
_FIRST: Sequence[Name] = (
    ("砚", "yan"), ("棹", "zhao"), ("榭", "xie"), ("岚", "lan"), ("葭", "jia"), ("蘅", "heng"),
    ("筠", "yun"), ("槿", "jin"), ("樨", "xi"), ("沚", "zhi"), ("澄", "cheng"), ("皎", "jiao"),
    ("霁", "ji"), ("旻", "min"), ("珞", "luo"), ("珺", "jun"), ("鸢", "yuan"), ("鹊", "que"),
    ("麓", "lu"), ("荻", "di"), ("菱", "ling"), ("楠", "nan"), ("柏", "bai"), ("筝", "zheng"),
    ("瓷", "ci"), ("陶", "tao"), ("帛", "bo"), ("缎", "duan"), ("朔", "shuo"), ("暄", "xuan"),
    ("晴", "qing"), ("霖", "lin"), ("苇", "wei"), ("梓", "zi"), ("橡", "xiang"), ("苔", "tai"),
    ("茗", "ming"), ("黛", "dai"), ("绮", "qi"), ("磐", "pan"),
)  # fmt: skip
_SECOND: Sequence[Name] = (
    ("坊", "fang"), ("渡", "du"), ("坪", "ping"), ("埠", "bu"), ("墅", "shu"), ("墩", "dun"),
    ("堰", "yan"), ("泾", "jing"), ("湾", "wan"), ("渚", "zhu"), ("汀", "ting"), ("岗", "gang"),
    ("畈", "fan"), ("垄", "long"), ("阁", "ge"), ("苑", "yuan"), ("圃", "pu"), ("林", "lin"),
    ("塘", "tang"), ("溪", "xi"), ("桥", "qiao"), ("台", "tai"), ("门", "men"), ("津", "jin"),
    ("洲", "zhou"), ("坡", "po"), ("庄", "zhuang"), ("岭", "ling"),
)  # fmt: skip
_BY_TYPE: dict[str, Sequence[Name]] = {
    "residential": (
        ("花园", "Garden"), ("雅苑", "Court"), ("府", "Mansion"), ("新城", "New Town"), ("家园", "Homes"),
        ("公馆", "Residence"),
    ),
    "transitional": (
        ("安置小区", "Resettlement Estate"), ("城中村", "Urban Village"), ("过渡房", "Interim Housing"),
    ),
    "old": (
        ("新村", "New Village"), ("小区", "Estate"), ("里", "Lane"), ("路大院", "Road Yard"), ("巷", "Alley"),
    ),
    "work_unit": (
        ("纺织厂家属院", "Textile Mill Compound"), ("机床厂宿舍", "Machine Tool Works Quarters"),
        ("水务所家属院", "Waterworks Compound"), ("印刷厂宿舍", "Printing House Quarters"),
        ("粮站家属院", "Grain Depot Compound"), ("供电所宿舍", "Power Station Quarters"),
    ),
}  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
)


def _stems() -> list[Name]:
    return [(a + b, (x + y).capitalize()) for a, x in _FIRST for b, y in _SECOND]


def unique(count: int, random: np.random.Generator) -> list[Name]:
    """`count` different two-syllable names; raises `IndexError` where there are not that many."""
    stems = _stems()
    return [stems[i] for i in random.permutation(len(stems))[np.arange(count)]]


def suffixed(stem: Name, suffix: Name) -> Name:
    """A name made of a stem and a suffix, in both languages."""
    return stem[0] + suffix[0], f"{stem[1]} {suffix[1]}"


def compounds(types: Sequence[str], random: np.random.Generator) -> list[Name]:
    """One different name per compound, worded for its type."""
    stems, kinds = _stems(), np.array(types)
    named: list[Name] = [("", "")] * len(types)
    for kind, suffixes in _BY_TYPE.items():
        places = np.flatnonzero(kinds == kind)
        drawn = random.permutation(len(stems) * len(suffixes))[np.arange(len(places))]
        for place, number in zip(places, drawn, strict=True):
            named[place] = suffixed(stems[number // len(suffixes)], suffixes[number % len(suffixes)])
    return named


def masked(count: int, random: np.random.Generator) -> tuple[NDArray[np.int64], list[str]]:
    """Masked names of `count` people: a code each, and the names behind the codes (surname and stars)."""
    surname = weighted(count, 1 / (np.arange(len(SURNAMES)) + 6.0), random)
    has_one_star = random.random(count) < 0.2
    return surname * 2 + has_one_star, [name + stars for name in SURNAMES for stars in ("**", "*")]

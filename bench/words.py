"""Invents a catalogue of any size: names and summaries as items have them, some words common and some rare."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


THINGS = words(
    "食品 药品 船舶 道路 运输 建筑 施工 消防 林木 水利 取水 医疗 护士 "
    "教师 学校 旅行社 导游 娱乐 广告 招牌 户外 特种设备 计量 种子  农药 "
    "兽药 渔业 养殖 电影 出版 印刷 网络 文化 人力资源 劳务派遣 社会团体 "
    "基金会 慈善 殡葬 婚姻 收养 户口 居住证 护照 养犬 保安  爆破 烟花 "
    "危险化学品 排污 噪声 辐射 土地 规划 测绘 矿产 采矿 海域 森林 草原 "
    "湿地 野生动物 检疫 进口 出口 外商投资 企业  个体工商户 公司 商标 专利 "
    "公积金 社会保险 失业 工伤 生育 残疾人 低保 救助 餐饮 酒店 理发 公交 "
    "出租汽车 客运 货运 驾校"
)
ACTS = words("许可 核发 登记 备案 审批 变更 延续 注销 补发 认定 给付 确认 换证 年检")
KINDS = words("设立 新办 首次 普通 一般 临时 大型 小型 跨区域")
ENDS = words("当场办结 五个工作日办结 全程网办 证照自动调取")
RARE = words("蚕种 麻醉 城雕 盐业 桥隧 鱼苗 古树 码头 冰雪 气球")


@dataclass(frozen=True)
class Invented:
    """An item as the catalogue lists it."""

    code: str
    name: str
    summary: str
    audience: list[str]
    word: str


def catalogue(number: int, seed: int = 7) -> Iterator[Invented]:
    """That many items, the same at every call; a few thousand things differ in how often they come."""
    chance = random.Random(seed)
    weights = [1 / (place + 1) for place in range(len(THINGS))]
    for count in range(number):
        thing, other = chance.choices(THINGS, weights, k=2)
        rare = chance.choice(RARE) if count % 1000 == 0 else ""
        told = "".join(chance.choices(THINGS, weights, k=6))
        yield Invented(
            code=f"0001{count:08d}",
            name=f"{chance.choice(KINDS)}{rare}{thing}{other}{chance.choice(ACTS)}",
            summary=f"从事{told}的申请人办理，{chance.choice(ENDS)}。",
            audience=chance.choice([["person"], ["enterprise"], ["person", "enterprise"]]),
            word=f"{thing[:2]}{chance.choice('证牌本')}" if count % 5 == 0 else "",
        )

"""What the generator fills its templates with. Places and firms are invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """An indicator: its name, the verb that goes with it, unit, range of figures, digits behind the point."""

    name: str
    verb: str
    unit: str
    low: float
    high: float
    digits: int = 0
    down: bool = False
    """Less is better."""
    rate: bool = False
    """A share or rate: compared directly, no part of the year."""


COUNTS = (
    Thing("规上工业企业", "新增", "家", 12, 260),
    Thing("省级专精特新企业", "新增", "家", 4, 90),
    Thing("高新技术企业", "新认定", "家", 8, 180),
    Thing("限上商贸单位", "新增", "家", 6, 120),
    Thing("农民合作社示范社", "培育", "家", 5, 60),
    Thing("亿元以上项目", "新开工", "个", 9, 140),
    Thing("公共充电桩", "新建", "个", 200, 4800),
    Thing("5G基站", "新建", "个", 150, 3600),
    Thing("口袋公园", "建成", "个", 3, 48),
    Thing("老旧小区", "改造", "个", 6, 150),
    Thing("棚户区住房", "改造", "套", 300, 9800),
    Thing("保障性租赁住房", "筹集", "套", 400, 7200),
    Thing("既有住宅电梯", "加装", "部", 12, 360),
    Thing("农村公路", "新改建", "公里", 30, 900),
    Thing("城市燃气管网", "更新改造", "公里", 8, 160),
    Thing("高标准农田", "建成", "万亩", 3, 42, 1),
    Thing("人工造林", "完成", "万亩", 1, 18, 2),
    Thing("养老护理床位", "新增", "张", 120, 3000),
    Thing("普惠托位", "新增", "个", 150, 4200),
    Thing("义务教育学位", "新增", "个", 800, 16000),
    Thing("城镇就业岗位", "新增", "个", 1200, 52000),
    Thing("困难残疾人家庭", "改造", "户", 80, 2600),
    Thing("职业技能人员", "培训", "人次", 900, 42000),
    Thing("发明专利授权", "获得", "件", 60, 1900),
    Thing("院士专家工作站", "设立", "家", 2, 16),
)
MONEY = (
    Thing("一般公共预算收入", "完成", "亿元", 8, 420, 1),
    Thing("固定资产投资", "完成", "亿元", 20, 980, 1),
    Thing("实际使用省外资金", "到位", "亿元", 15, 620, 1),
    Thing("进出口总额", "实现", "亿美元", 1, 64, 2),
    Thing("社会消费品零售总额", "实现", "亿元", 30, 760, 1),
    Thing("旅游综合收入", "实现", "亿元", 9, 380, 1),
    Thing("营业收入", "实现", "亿元", 5, 260, 2),
    Thing("利润总额", "实现", "万元", 900, 68000),
    Thing("专项债券资金", "争取", "亿元", 2, 58, 1),
    Thing("涉农贷款余额", "净增", "亿元", 6, 140, 1),
    Thing("研发投入", "完成", "万元", 700, 46000),
)
RATES = (
    Thing("森林覆盖率", "达到", "%", 22, 68, 1, rate=True),
    Thing("空气质量优良天数比例", "达到", "%", 70, 96, 1, rate=True),
    Thing("生活污水处理率", "达到", "%", 60, 98, 1, rate=True),
    Thing("群众满意率", "达到", "%", 85, 97, 1, rate=True),
    Thing("电子政务网办率", "达到", "%", 60, 98, 1, rate=True),
    Thing("秸秆综合利用率", "达到", "%", 80, 97, 1, rate=True),
    Thing("常住人口城镇化率", "达到", "%", 40, 76, 2, rate=True),
    Thing("签约家庭服务覆盖率", "达到", "%", 45, 88, 1, rate=True),
)
CEILINGS = (
    Thing("细颗粒物平均浓度", "控制在", "微克/立方米", 22, 48, 1, down=True, rate=True),
    Thing("城镇登记失业率", "控制在", "%", 2, 4.5, 2, down=True, rate=True),
    Thing("管理费用率", "控制在", "%", 3, 9, 2, down=True, rate=True),
    Thing("万元产值水耗", "控制在", "吨", 4, 28, 1, down=True, rate=True),
)
GROWTH = (
    Thing("地区生产总值", "增长", "%", 4, 9, 1, rate=True),
    Thing("规上工业增加值", "增长", "%", 4, 12, 1, rate=True),
    Thing("居民人均可支配收入", "增长", "%", 4, 10, 1, rate=True),
    Thing("技术改造投资", "增长", "%", 5, 24, 1, rate=True),
    Thing("服务业增加值", "增长", "%", 4, 11, 1, rate=True),
)
PLACES = ("云桐县", "禾溪市", "澄湖区", "丹浦县", "石砚市", "柳陂区", "白芷县", "安榆市", "临沅县", "鹿屏区", "青箬市")
UNITS = ("县工信局", "县住建局", "区农业农村局", "市商务局", "市交通运输局", "县民政局", "区教体局", "市人社局")
SECTIONS = ("工业运行", "项目建设", "城乡建设", "民生保障", "生态环境", "对外开放", "乡村振兴", "科技创新")
FILLER = (
    "各单位压实责任，按月调度，重点工作有序推进",
    "专班每周会商，难点堵点逐项销号",
    "部门协同不断加强，工作机制更加顺畅",
    "要素保障持续加力，营商环境进一步改善",
    "宣传引导同步跟进，群众知晓面明显扩大",
)

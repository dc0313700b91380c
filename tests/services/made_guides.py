"""Guides as a provincial platform writes them, in our own words: one item and one bundle without anomalies."""

import json
from copy import deepcopy

MATERIAL = {
    "materialTitle": "船舶停靠申请表",
    "materialCode": "M0001990010000101",
    "materialId": "a1",
    "isMust": "必要",
    "materialType": "原件",
    "materialStandard": "纸质和电子",
    "materialApproveType": "申请表",
    "copiesNum": 1,
    "pageformat": "A4",
    "sourceChannel": "申请人自备",
    "sourceexplain": "申请人自备",
    "commitWay": "网上现场都可提交",
    "freeSubmission": "无",
    "materialExplain": "逐栏填写",
    "acceptStandard": "填写完整",
    "bylaw": "《云澜市停靠管理办法》第三条",
    "attachList": [{"attachCode": "000002", "attachName": "空白表.docx", "attachType": ".docx"}],
}
LICENCE = MATERIAL | {
    "materialTitle": "营业执照",
    "materialCode": "M0001990010000102",
    "materialApproveType": "证照",
    "sourceChannel": "政府部门核发",
    "sourceexplain": "市场监督管理部门核发",
    "freeSubmission": "电子证照代替",
    "standardMaterialsName": "营业执照",
    "standardMaterialsCode": "L1",
    "attachList": [],
}
ITEM: dict = {
    "unifyId": "id-1",
    "unifyName": "船舶临时停靠许可",
    "rightsCode": "000199001000",
    "ywCode": "01",
    "typeName": "行政许可",
    "serveObject": "法人",
    "schemeLevels": "市、县",
    "orgName": "云澜市交通运输局",
    "deptName": "交通运输部门",
    "blbm": "市级交通运输部门",
    "doScope": "全市",
    "acceptanceCondition": "船舶已经登记\n停靠水域已经划定",
    "according": "《云澜市船舶停靠管理办法》第二条",
    "approveLimitExplain": "自受理之日起二十个工作日内决定；经批准可以延长十个工作日",
    "approveLimit": "20",
    "commitmentLimit": "5",
    "commitmentLimitExplain": "自受理之日起5个工作日",
    "isSpecialProcedure": "否",
    "isCharge": "否",
    "isIntermediaryServices": "无",
    "isonline": "是",
    "transactionFrom": "窗口办理",
    "minSeq": "0",
    "limitsceneexplain": "无需到现场办理",
    "transactLevel": "四级标准",
    "quantitativeRestriction": "无数量限制",
    "processDescript": "申请、受理、审查、决定、送达",
    "resultSampleName": "船舶停靠许可证",
    "resultList": [{"fileName": "样本.png", "extend": "png"}],
    "lctList": [{"attachName": "停靠流程图.png"}],
    "faqList": [{"faqContent": "夜间可以停靠吗？", "replyContent": "可以。", "orderNum": 1}],
    "materialList": [MATERIAL, LICENCE],
}
BUNDLE_MATERIAL = {
    "clmc": "渔船停靠申请表",
    "bzclId": "M99TCN90010001",
    "pxh": 1,
    "clbyx": "1",
    "clbz": "填写完整",
    "cllyqd": "10",
    "cllyqdsm": "申请人自备",
    "clxz": "1",
    "mtjfs": "1",
    "tbxz": "逐栏填写",
    "yqtgyj": "《云澜市停靠管理办法》第三条",
    "zzclgg": "A4",
    "zzclfs": 1,
    "materialCode": "T1000001",
    "materialTitle": "渔船停靠申请表",
    "attachList": [],
}
PART: dict = {
    "lbsxfwmc": "渔船登记",
    "tyywblxName": "渔船登记",
    "cnsxsx": 3,
    "resultSampleName": "渔船登记证",
}
BUNDLE: dict = {
    "themeCode": "99TCN9001",
    "sxmc": "渔船停靠一件事",
    "yjsSsqdbm": "99TCN9001A",
    "basicInfo": {
        "areaName": "云澜市",
        "qtbmmc": "云澜市交通运输局",
        "cooperateName": "公安部门,民政部门",
        "completedLimit": "10",
        "aheadFrequency": "0",
        "reasonLink": "可全程网办",
        "isCharge": "0",
    },
    "onethingCatalogStandServiceGuide": {"cnbjsx": "10"},
    "approveList": [
        PART,
        PART
        | {"lbsxfwmc": "停靠许可", "tyywblxName": "停靠许可", "cnsxsx": 10}
        | {"resultSampleName": "停靠许可证"},
    ],
    "guideCondition": [
        {"bltj": "渔船在本市登记", "processingConditions": "渔船在本市登记", "pxh": 1, "smmc": "/"}
    ],
    "questionInfo": [{"problem": "多久办完？", "answer": "十个工作日。", "pxh": 1}],
    "materialList": [BUNDLE_MATERIAL],
    "chargelist": [],
    "guidePoint": [{"pointName": "政务大厅", "infoAddr": "一号楼", "processingTime": "工作日"}],
    "attachInfo": [],
    "intermediarylist": "",
}


def item(**changes):
    """The item with some of its elements changed."""
    return deepcopy(ITEM) | changes


def with_material(**changes):
    """The item with its first material changed."""
    return item(materialList=[MATERIAL | changes, LICENCE])


def bundle(**changes):
    """The bundle with some of its elements changed."""
    return deepcopy(BUNDLE) | changes


def with_part(**changes):
    """The bundle with its second part changed."""
    first, second = BUNDLE["approveList"]
    return bundle(approveList=[first, second | changes])


def with_bundle_material(**changes):
    """The bundle with its material changed."""
    return bundle(materialList=[BUNDLE_MATERIAL | changes])


def written(guide) -> bytes:
    """As a file holds it."""
    return json.dumps(guide, ensure_ascii=False, indent=1).encode()

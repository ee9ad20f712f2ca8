"""Grades of single criteria, the achievements of the top level, and what goes with them in such a regime."""

from __future__ import annotations

from datetime import date

from workflow.rules.topics.fact_type import FactType, by_hand

GRADES = ("XUAT_SAC", "TOT", "TRUNG_BINH", "KEM")
"""The grades of one criterion, best first."""

CRITERIA: dict[str, FactType] = {
    # of a Party organisation
    "grade.ideology": by_hand(str, "cấp độ: chính trị tư tưởng", "grade, ideological work", GRADES),
    "grade.organisation_cadres": by_hand(
        str,
        "cấp độ: tổ chức, cán bộ và xây dựng đảng bộ, chi bộ",
        "grade, organisation and cadres",
        GRADES,
    ),
    "grade.mass_and_management": by_hand(
        str,
        "cấp độ: lãnh đạo đoàn thể, cơ quan quản lý",
        "grade, leading mass organisations and the management",
        GRADES,
    ),
    "grade.inspection": by_hand(
        str, "cấp độ: kiểm tra, giám sát, kỷ luật đảng", "grade, inspection and Party discipline", GRADES
    ),
    "grade.party_building_programmes": by_hand(
        str,
        "cấp độ: kết quả chương trình, kế hoạch xây dựng Đảng, hệ thống chính trị",
        "grade, results of the Party-building programmes",
        GRADES,
    ),
    "grade.task_programmes": by_hand(
        str, "cấp độ: chương trình, kế hoạch công tác năm", "grade, the year's programmes and plans", GRADES
    ),
    "grade.task_production": by_hand(
        str,
        "cấp độ: lãnh đạo sản xuất kinh doanh, chuyên môn, nghiệp vụ",
        "grade, leading production, business and professional tasks",
        GRADES,
    ),
    "grade.task_defence": by_hand(
        str, "cấp độ: lãnh đạo quốc phòng, an ninh", "grade, leading defence and security tasks", GRADES
    ),
    # of a member
    "grade.political_ideology": by_hand(
        str, "cấp độ: tư tưởng chính trị", "grade, political ideology", GRADES
    ),
    "grade.ethics": by_hand(str, "cấp độ: đạo đức, lối sống", "grade, morality and lifestyle", GRADES),
    "grade.discipline": by_hand(
        str, "cấp độ: ý thức tổ chức kỷ luật", "grade, sense of organisation and discipline", GRADES
    ),
    "grade.working_style": by_hand(str, "cấp độ: tác phong, lề lối làm việc", "grade, working style", GRADES),
    "grade.task_results": by_hand(
        str, "cấp độ: kết quả thực hiện nhiệm vụ được giao", "grade, results in assigned tasks", GRADES
    ),
    "grade.units_led": by_hand(
        str,
        "cấp độ: kết quả các tổ chức, đơn vị trực tiếp lãnh đạo; tín nhiệm định kỳ (nếu có)",
        "grade, ratings of the bodies led directly, and the confidence assessment if any",
        GRADES,
    ),
    "grade.commitment": by_hand(
        str, "cấp độ: cam kết tu dưỡng, rèn luyện", "grade, the yearly commitment", GRADES
    ),
    "grade.remediation": by_hand(
        str, "cấp độ: khắc phục hạn chế, khuyết điểm", "grade, shortcomings remedied", GRADES
    ),
    "grade.suggestion": by_hand(
        str, "cấp độ: kiểm điểm theo gợi ý", "grade, review under suggestions", GRADES
    ),
}

MERITS: dict[str, FactType] = {
    "merit.exemplary": by_hand(bool, "thực sự tiêu biểu về mọi mặt", "truly exemplary in every respect"),
    "merit.achievements": by_hand(bool, "nhiều thành tích nổi bật", "many outstanding achievements"),
    "merit.innovation": by_hand(bool, "đổi mới sáng tạo", "innovation"),
    "merit.product": by_hand(bool, "có sản phẩm, giải pháp cụ thể", "concrete products or solutions"),
    "merit.model_role": by_hand(
        bool, "là điển hình để nơi khác, người khác học tập", "a model others learn from"
    ),
}
"""Words of the top level that only people can judge."""

FACTS: dict[str, FactType] = {
    **CRITERIA,
    **MERITS,
    "tasks.defence_assigned": by_hand(
        bool, "được giao nhiệm vụ quốc phòng, an ninh", "defence and security tasks were assigned"
    ),
    "subject.leads_units": by_hand(
        bool, "trực tiếp lãnh đạo tổ chức, cơ quan, đơn vị", "leads an organisation, agency or unit directly"
    ),
    "unit.summing_up_on": by_hand(
        date, "ngày đơn vị tổng kết công tác năm", "day of the unit's own year-end summing-up"
    ),
    "order.same_level_reviewed": by_hand(
        bool,
        "tập thể lãnh đạo, chuyên môn, đoàn thể cùng cấp đã kiểm điểm xong",
        "leadership, professional bodies and mass organisations at this level have finished their reviews",
    ),
    "order.same_level_rating": by_hand(
        bool,
        "chuyên môn, đoàn thể cùng cấp đã tiến hành đánh giá, xếp loại",
        "professional bodies and mass organisations at this level have begun their ratings",
    ),
}

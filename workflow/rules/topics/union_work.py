"""What the level of the staff of a union office, and of a union cadre, rests on."""

from __future__ import annotations

from workflow.rules.topics.choices import LEVELS
from workflow.rules.topics.fact_type import FactType, by_hand

DECLARATIONS = ("declared", "not_obliged", "not_declared")
BRANCH_POSTS = ("head", "deputy", "standing_member", "committee_member", "none")

FACTS: dict[str, FactType] = {
    # The common criteria: each is met or not, as the people who assess see it.
    "common.ideology": by_hand(bool, "đạt tiêu chí chính trị tư tưởng", "meets the criterion of ideology"),
    "common.ethics": by_hand(
        bool, "đạt tiêu chí đạo đức, lối sống", "meets the criterion of ethics and lifestyle"
    ),
    "common.style": by_hand(
        bool, "đạt tiêu chí tác phong, lề lối làm việc", "meets the criterion of working style"
    ),
    "common.discipline": by_hand(
        bool, "đạt tiêu chí ý thức tổ chức kỷ luật", "meets the criterion of discipline"
    ),
    "common.asset_declaration": by_hand(
        str, "kê khai, công khai tài sản, thu nhập", "declaration of assets and income", DECLARATIONS
    ),
    "common.policy_and_order": by_hand(
        bool,
        "thực hiện chủ trương, giữ kỷ cương, phòng chống tham nhũng, lãng phí ở đơn vị",
        "carries out policy, keeps order and prevents corruption and waste in the unit",
    ),
    "common.no_cases": by_hand(
        bool, "không để xảy ra vi phạm phải xử lý ở đơn vị", "no violation in the unit had to be handled"
    ),
    "common.no_prolonged_complaints": by_hand(
        bool, "không để khiếu nại, tố cáo kéo dài", "no complaint or denunciation drags on"
    ),
    "common.inspection_and_reform": by_hand(
        bool,
        "lãnh đạo kiểm tra, giám sát, giải quyết khiếu nại, cải cách hành chính",
        "leads inspection, supervision, handling of complaints and administrative reform",
    ),
    "common.quantified_programme": by_hand(
        bool,
        "chương trình năm có chỉ tiêu lượng hóa bằng sản phẩm cụ thể",
        "the yearly programme has targets quantified by concrete products",
    ),
    "common.service_attitude": by_hand(
        bool,
        "thái độ phục vụ cơ sở, đoàn viên, người lao động đạt yêu cầu",
        "the attitude in serving the grassroots, union members and workers is as it should be",
    ),
    "tasks.effective": by_hand(int, "số nhiệm vụ có hiệu quả", "tasks with effect"),
    "tasks.high_effect": by_hand(int, "số nhiệm vụ đạt hiệu quả cao", "tasks with high effect"),
    "degradation.assessed": by_hand(
        bool,
        "có biểu hiện suy thoái theo đánh giá của cấp có thẩm quyền",
        "signs of degradation, as the competent level assessed",
    ),
    "unit.corruption_handled": by_hand(
        bool,
        "đơn vị trực tiếp quản lý liên quan tham nhũng, lãng phí bị xử lý theo pháp luật",
        "a unit under direct management was handled under the law for corruption or waste",
    ),
    "comment.office_cell_committee": by_hand(
        bool, "có nhận xét của Chi ủy cơ quan", "comments of the office's cell committee are there"
    ),
    # What the rating is tied to.
    "union.level": by_hand(str, "mức xếp loại của công đoàn đơn vị", "level of the unit's union", LEVELS),
    "party.level": by_hand(str, "mức xếp loại đảng viên", "level as a Party member", LEVELS),
    # From the posts on the roster.
    "union.is_chairman": FactType(bool, "là Chủ tịch một công đoàn", "chairs a union"),
    "union.branch_post": FactType(
        str, "chức vụ ở công đoàn ngành", "post in the union of the branch", BRANCH_POSTS
    ),
    "unions.unreported": FactType(
        int, "số công đoàn trực thuộc chưa báo cáo kết quả", "subordinate unions that have not reported yet"
    ),
}

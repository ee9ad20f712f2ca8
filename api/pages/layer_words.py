"""What is wrong with a layer and what to do about it, one sentence for whatever the loader may say.

The loader is brief and speaks English, for whoever keeps rulebooks in a folder. Here somebody of an office
reads: each of its phrases has a sentence of its own, and a test finds the one that has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from api.pages.format import N_
from api.pages.words import Words

_FILE: Final = re.compile(r"^[\w/.-]+\.toml: ")

_SENTENCES: Final[Sequence[tuple[str, str]]] = (
    # --- the file ---------------------------------------------------------------------------------
    (r"is longer than (.+) letters", N_("Nội dung dài quá %(a)s ký tự. Bỏ bớt hoặc tách thành nhiều lớp.")),
    (
        r"is no TOML: (.+)",
        N_("Dòng này không đúng cú pháp TOML: %(a)s. Xem lại dấu nháy, dấu bằng và dấu ngoặc."),
    ),
    (
        r"is not TOML in UTF-8: (.+)",
        N_("Tệp không phải TOML viết bằng UTF-8: %(a)s. Lưu lại tệp theo UTF-8."),
    ),
    (r"the file is no text in UTF-8", N_("Tệp không phải chữ viết bằng UTF-8. Lưu lại tệp theo UTF-8.")),
    (
        r"has a table or a value of a shape that no rulebook has \((.+)\)",
        N_("Có bảng hoặc giá trị viết sai kiểu: %(a)s. Đối chiếu với lớp mẫu."),
    ),
    (r"is no table of a rulebook: (.+)", N_("Không có bảng nào tên như vậy. Dùng một trong: %(a)s.")),
    (r"(.+) extends itself", N_("%(a)s dựa trên chính nó. Ở extends, ghi tên quy định gốc.")),
    (r"is not there", N_("Không có quy định nào tên như vậy. Ở extends, ghi tên một quy định có sẵn.")),
    # --- the head ---------------------------------------------------------------------------------
    (
        r"needs a name of small letters, digits and underscores, such as (.+)",
        N_("Tên lớp chỉ gồm chữ thường không dấu, chữ số, gạch dưới. Đặt tên như %(a)s."),
    ),
    (
        r"(.+) is the name of a regulation there is already",
        N_("Tên %(a)s đã có quy định dùng. Đặt tên khác."),
    ),
    (r"names the regulation below; there are: (.+)", N_("Ghi tên quy định gốc, một trong: %(a)s.")),
    (r"must be the name of the folder, (.+)", N_("Phải trùng tên thư mục. Ghi %(a)s.")),
    (r"is “secondary” or left out", N_("Chỉ ghi “secondary”, nếu không thì bỏ khóa này.")),
    (
        r"the rulebook is valid from (.+) to (.+), not on (.+)",
        N_("Quy định có hiệu lực từ %(a)s đến %(b)s, không gồm ngày %(c)s. Sửa ngày hiệu lực."),
    ),
    # --- what is missing --------------------------------------------------------------------------
    (
        r"is missing: a layer cites its own document for each value",
        N_("Thiếu căn cứ. Ghi số, ngày và mục của văn bản đặt ra giá trị này."),
    ),
    (
        r"is missing: a rule never travels without its clause",
        N_("Thiếu căn cứ. Ghi điều khoản nêu quy tắc này."),
    ),
    (r"is missing; a rule is valid from a day on", N_("Thiếu ngày hiệu lực. Ghi in_force = năm-tháng-ngày.")),
    (
        r"is missing: which rows of the register .+",
        N_("Thiếu mã dòng. Ghi rows: các dòng của sổ quy định được thực hiện ở đây."),
    ),
    (
        r"is missing: (.+) takes the choice of (.+)",
        N_('Thiếu mã cách hiểu. Ghi reading = "%(b)s", vì %(a)s lấy theo cách hiểu đó.'),
    ),
    (r"is missing: (.+) needs it", N_("Thiếu giá trị này. Điều kiện %(a)s cần có nó.")),
    (r"is missing: a (.+) belongs to a level", N_("Thiếu mức. Quy tắc loại %(a)s phải ghi level.")),
    (r"is missing: where is a (.+) judged\?", N_("Thiếu bước. Quy tắc loại %(a)s phải ghi gates.")),
    (
        r"is missing: which kinds of review is the rule for\?",
        N_("Thiếu đối tượng. Ghi kinds: quy tắc dành cho loại kiểm điểm nào."),
    ),
    (
        r"is missing: which clause, or which reading, says so\?",
        N_("Thiếu căn cứ. Ghi điều khoản hoặc cách hiểu nêu điều này."),
    ),
    (
        r"is missing: without a ballot the level comes from self or proposal",
        N_("Thiếu nguồn của mức. Không bỏ phiếu thì ghi source là self hoặc proposal."),
    ),
    (
        r"is missing: whoever sets other days of reminding names the document",
        N_("Thiếu căn cứ. Ghi văn bản đặt ra các ngày nhắc."),
    ),
    (
        r"is missing: how is the clause read then\? In vi and in en",
        N_("Thiếu lời. Ghi says.vi và says.en: khi đó điều khoản được hiểu thế nào."),
    ),
    (r"is missing: a list has items", N_("Danh mục chưa có mục nào. Thêm ít nhất một mục.")),
    (
        r"is missing: which (.+) carries the rows\?",
        N_("Thiếu tên. Ghi name: %(a)s nào thực hiện các dòng này."),
    ),
    (
        r"is missing or not like (.+)",
        N_("Thiếu mã, hoặc mã sai dạng. Đặt mã như %(a)s."),
    ),
    (r"is missing(?: or has the wrong form)?", N_("Thiếu, hoặc viết sai dạng. Bổ sung khóa này.")),
    (r"needs a text in vi and in en.*", N_("Cần lời bằng hai thứ tiếng. Ghi cả vi và en.")),
    (r"needs rows, says\.vi and says\.en", N_("Cần đủ rows, says.vi và says.en.")),
    (r"needs setting, value and choices together", N_("Phải ghi đủ setting, value và choices.")),
    (
        r"needs id, rows, cite, order, posts and sessions: (.+)",
        N_("Nơi kiểm điểm cần đủ id, rows, cite, order, posts và sessions: %(a)s."),
    ),
    (
        r"has no clause or an unknown session",
        N_("Thiếu căn cứ, hoặc có loại phiên không có. Xem lại nơi này."),
    ),
    # --- what the regime leaves and does not leave to a layer -------------------------------------
    (
        r"is not a rule of the regime this layer extends",
        N_("Quy định gốc không có quy tắc này. Chép đúng mã từ trang của quy định gốc."),
    ),
    (
        r"(.+) is not a parameter of (.+)",
        N_("%(a)s không phải tham số của điều kiện %(b)s. Xem các tham số ở trang của quy tắc."),
    ),
    (
        r"the regime gives (.+) and leaves it neither open nor to be tightened to (.+?)(?:; needs .+)?",
        N_(
            "Quy định gốc đặt %(a)s, không để ngỏ và không cho siết thành %(b)s. "
            "Bỏ dòng này, hoặc ghi permission: văn bản cho phép."
        ),
    ),
    (
        r"(.+) is looser than the regime's (.+) \(tighter is (.+)\)(?:; needs .+)?",
        N_(
            "%(a)s nới lỏng hơn %(b)s của quy định gốc. "
            "Đặt giá trị chặt hơn, hoặc ghi permission: văn bản cho phép."
        ),
    ),
    (
        r"the regime has (.+) and leaves (.+) to nobody; needs a permission citation",
        N_("Quy định gốc đặt %(a)s và không cho đổi thành %(b)s. Bỏ dòng này, hoặc ghi permission."),
    ),
    (
        r"(.+) is later than the regime's (.+); needs a permission citation",
        N_("Hạn %(a)s muộn hơn %(b)s của quy định gốc. Đặt hạn sớm hơn, hoặc ghi permission."),
    ),
    (
        r"only a house default is switched off without a permission citation",
        N_("Không tự tắt được quy tắc có điều khoản. Ghi permission: văn bản cho phép."),
    ),
    (
        r"a layer's rule cannot replace (.+) of the regime; change it with permission",
        N_(
            "Quy tắc của lớp không thay được %(a)s của quy định gốc. Đổi giá trị bằng [[set]] kèm permission."
        ),
    ),
    (
        r"(?:(.+) is not|is not) among the readings.*",
        N_("Không có cách hiểu này. Chép đúng mã từ trang của quy định gốc."),
    ),
    (
        r"is taken one way only; a layer has nothing to choose here",
        N_("Cách hiểu này chỉ có một, lớp không chọn khác được. Bỏ dòng này."),
    ),
    (
        r"(.+) is no kind (?:the regime|that \[scales\]) rates",
        N_("Quy định không xếp loại %(a)s. Ghi loại kiểm điểm có trong thang mức."),
    ),
    (
        r"belongs to the regime; a layer .+",
        N_("Phần này thuộc quy định gốc. Lớp chỉ đặt giá trị bằng [[set]]."),
    ),
    (
        r"is given already; a layer takes another choice with .+",
        N_("Cách hiểu này đã có. Muốn chọn khác thì dùng [[set]] reading."),
    ),
    # --- twice ------------------------------------------------------------------------------------
    (
        r"is set twice in one layer|stands twice|is given twice",
        N_("Đặt hai lần trong một lớp. Giữ lại một."),
    ),
    (r"is already used in (.+)", N_("Mã này đã dùng ở %(a)s. Đặt mã khác.")),
    (r"gives each number once, (.+)", N_("Mỗi số chỉ ghi một lần, xếp theo thứ tự. Sắp lại danh sách.")),
    (
        r"overlaps (.+): somebody would be counted twice",
        N_("Trùng với nhóm %(a)s: sẽ có người bị tính hai lần. Thu hẹp when."),
    ),
    (
        r"conflicts with (.+): both apply to the same case and no order is stated \(replaces\)",
        N_("Mâu thuẫn với %(a)s: cùng áp dụng cho một trường hợp. Ghi replaces: thay quy tắc nào."),
    ),
    # --- values -----------------------------------------------------------------------------------
    (r"names a kind that is none of (.+)", N_("Không có loại kiểm điểm này. Dùng một trong: %(a)s.")),
    (r"(.+) is none of (?:the choices )?(.+)", N_("%(a)s không có trong danh sách. Dùng một trong: %(b)s.")),
    (r"is none of (.+)", N_("Không có khóa hoặc giá trị này. Dùng một trong: %(a)s.")),
    (r"(.+) is no value of a flow; there are (.+)", N_("Trình tự không có %(a)s. Dùng một trong: %(b)s.")),
    (r"is no key of a flow; there are (.+)", N_("Trình tự không có khóa này. Dùng một trong: %(a)s.")),
    (r"(.+) is no value of a flow", N_("Trình tự không có %(a)s. Bỏ tên này khỏi danh sách.")),
    (r"(.+) is no type of collective", N_("%(a)s không phải loại tập thể. Ghi mã một loại tập thể.")),
    (
        r"(.+) is no level of (.+) reviews",
        N_("%(a)s không phải mức xếp loại của %(b)s. Ghi một mức trong thang."),
    ),
    (r"(.+): (.+) is no level; there are (.+)", N_("%(b)s không phải mức. Dùng một trong: %(c)s.")),
    (
        r"(.+) must be a list of levels, the best first",
        N_("%(a)s phải là danh sách mức, mức cao nhất trước."),
    ),
    (
        r"(.+) has (.+); a scale has two or more, each once",
        N_("Thang mức của %(a)s cần từ hai mức, mỗi mức một lần."),
    ),
    (
        r"with a ballot the level submitted is the one voted, not (.+)",
        N_("Có bỏ phiếu thì mức báo cáo là mức được bầu, không phải %(a)s. Bỏ source."),
    ),
    (
        r"there is no ballot to take the level from; say self or proposal",
        N_("Không có bỏ phiếu để lấy mức. Ghi source là self hoặc proposal."),
    ),
    (
        r"(.+) is not a condition, or not a version of one, that this software ships",
        N_("Không có điều kiện %(a)s. Chép tên kèm phiên bản, ví dụ notice_given@1."),
    ),
    (
        r"is neither a key of a rule nor a parameter of (.+)",
        N_("Không phải khóa của quy tắc, cũng không phải tham số của %(a)s. Sửa tên hoặc bỏ đi."),
    ),
    (
        r"is neither a key of a checklist nor of its items",
        N_("Không phải khóa của danh mục hay của mục trong đó. Sửa tên hoặc bỏ đi."),
    ),
    (
        r"names (.+), which is not in the vocabulary of facts",
        N_("Không có dữ kiện %(a)s. Chép đúng tên từ danh sách dữ kiện."),
    ),
    (
        r"names (.+), a (.+), where a (.+) is read",
        N_("Dữ kiện %(a)s thuộc kiểu %(b)s, ở đây cần kiểu %(c)s. Chọn dữ kiện khác."),
    ),
    (
        r"takes the choice of (.+), which is not among the readings with a setting",
        N_("Cách hiểu %(a)s không có lựa chọn để lấy theo. Xem lại mã cách hiểu."),
    ),
    (r"(.+): bounds are (.+) of a whole number", N_("%(a)s: giới hạn ghi bằng %(b)s và một số nguyên.")),
    (r"(.+) is not like C-17", N_("%(a)s sai dạng. Mã cách hiểu viết như C-17.")),
    (r"(.+) is no day of the year", N_("%(a)s không phải ngày trong năm. Sửa ngày hoặc tháng.")),
    (
        r"must be a table of (.+); day and month are needed",
        N_("Phải là một bảng gồm %(a)s; bắt buộc có day và month."),
    ),
    (r"must be a table of facts", N_("Phải là một bảng các dữ kiện. Viết when.tên = giá trị.")),
    (
        r"(?:must be|is) a list.*",
        N_("Phải là một danh sách. Viết trong ngoặc vuông, cách nhau bằng dấu phẩy."),
    ),
    (r"must be a text", N_("Phải là chữ. Viết trong dấu nháy kép.")),
    (r"(?:must be|is) true or false", N_("Chỉ ghi true hoặc false, không có dấu nháy.")),
    (r"must not be empty", N_("Không được để trống. Ghi ít nhất một giá trị.")),
    (r"must be a (.+), not (.+)", N_("Sai kiểu giá trị: cần %(a)s, đang là %(b)s. Viết lại giá trị.")),
    (r"(.+) is one of (.+), not (.+)\.", N_("Dữ kiện %(a)s không có giá trị %(c)s. Dùng một trong: %(b)s.")),
    (
        r"(.+) is a (.+), not (.+)\.",
        N_("Dữ kiện %(a)s cần kiểu %(b)s, đang là %(c)s. Viết lại giá trị."),
    ),
    (
        r"(.+) is not a fact of the vocabulary\.",
        N_("Không có dữ kiện %(a)s. Chép đúng tên từ danh sách dữ kiện."),
    ),
    (
        r"(.+) holds items of .+|(.+): .+ lies after .+|(.+): place .+ does not exist\.",
        N_("Giá trị của dữ kiện sai dạng. Viết lại theo kiểu của dữ kiện."),
    ),
    (r"(.+) is not a rule", N_("%(a)s không phải quy tắc. Xem lại mã ở replaces.")),
    # --- what does not go together ----------------------------------------------------------------
    (
        r"lies before in_force; the rule would never be valid",
        N_("Ngày hết hiệu lực trước ngày có hiệu lực. Sửa một trong hai ngày."),
    ),
    (
        r"is a clause, but house_default means that no document gives this rule",
        N_("house_default nghĩa là không văn bản nào nêu quy tắc này. Bỏ cite, hoặc bỏ house_default."),
    ),
    (
        r"belongs to a trigger or a cap, whose clause lets the decider go higher",
        N_("Chỉ dùng cho quy tắc hạ mức hoặc mức trần. Bỏ discretion."),
    ),
    (
        r"belongs to a condition, which keeps its level apart from the one above",
        N_("Chỉ dùng cho điều kiện của một mức. Bỏ upper_bound."),
    ),
    (
        r"names a choice that is not among the choices",
        N_("Nhắc một lựa chọn không có trong choices. Sửa cho khớp."),
    ),
    # --- reminding, and what a regime asks of layers ----------------------------------------------
    (r"leaves no day at all: .+", N_("Không còn ngày nhắc nào. Ghi ít nhất một ngày.")),
    (
        r"counts working days from 1 to (.+); the day itself is `on_day`",
        N_("Số ngày làm việc từ 1 đến %(a)s; chính ngày đến hạn thì ghi on_day."),
    ),
    (r"has (.+) days; (.+) are the most", N_("Có %(a)s ngày nhắc, nhiều nhất %(b)s. Bỏ bớt.")),
    (
        r"says what sets it by exactly one of (.+)",
        N_("Phải nói giá trị do đâu đặt, bằng đúng một trong: %(a)s."),
    ),
    (
        r"belongs to a flow or to a rule named by id, and is needed there",
        N_("parameter đi với flow hoặc với rule có mã, và bắt buộc ở đó."),
    ),
    (
        r"is a table that describes the rule a layer adds",
        N_("Phải là một bảng mô tả quy tắc mà lớp phải thêm."),
    ),
    (r"names a gate or kind that does not exist", N_("Không có bước hoặc loại kiểm điểm này. Sửa tên.")),
    (
        r"are written as \"body\.post\", with a type of body there is",
        N_('Viết theo dạng "đơn vị.chức vụ", với mã loại đơn vị có thật.'),
    ),
    (r"(.+) is no (.+); there are (.+)", N_("%(a)s không có. Dùng một trong: %(c)s.")),
)
"""Phrases of the loader and what is said for each; the more particular first."""

TYPES: Final = {
    "int": N_("số nguyên"),
    "str": N_("chữ"),
    "bool": N_("true hoặc false"),
    "date": N_("ngày"),
    "Decimal": N_("số"),
    "tuple": N_("danh sách"),
}
"""What Python calls the types of values."""

_KNOWN: Final = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in _SENTENCES)


def said(what: str, words: Words) -> str:
    """The sentence for a phrase of the loader, in the words' language; empty for one without a sentence."""
    bare = _FILE.sub("", what)
    for pattern, sentence in _KNOWN:
        found = pattern.fullmatch(bare)
        if found:
            _ = words.gettext
            parts = [_(TYPES[part]) if part in TYPES else part or "" for part in found.groups()]
            return _(sentence) % dict(zip("abc", parts, strict=False))
    return ""

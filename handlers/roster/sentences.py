"""The sentences an import can answer with, Vietnamese and English side by side."""

# ruff: noqa: E501 - a sentence is easier to compare with its translation when it is not broken

from __future__ import annotations

from typing import NamedTuple


class CellSentence(NamedTuple):
    """What is wrong in a cell, and what should stand there."""

    what: dict[str, str]
    expected: dict[str, str]


def _cell(what_vi: str, expected_vi: str, what_en: str, expected_en: str) -> CellSentence:
    return CellSentence({"vi": what_vi, "en": what_en}, {"vi": expected_vi, "en": expected_en})


WORKBOOK_SENTENCES: dict[str, dict[str, str]] = {
    "too_large": {
        "vi": "Tệp nặng {size_mb} MB, vượt mức {limit_mb} MB. Tách thành nhiều tệp rồi tải lên lần lượt.",
        "en": "The file has {size_mb} MB, more than {limit_mb} MB. Split it and upload the parts one by one.",
    },
    "empty": {
        "vi": "Tệp rỗng. Chọn lại tệp Excel (.xlsx) có dữ liệu.",
        "en": "The file is empty. Choose an Excel workbook (.xlsx) with rows in it.",
    },
    "not_a_spreadsheet": {
        "vi": "Tệp này không phải bảng tính Excel (.xlsx). Mở trong Excel, chọn Lưu thành “Excel Workbook (.xlsx)” "
        "rồi tải lại, hoặc dùng tệp mẫu.",
        "en": "This is not an Excel workbook (.xlsx). Open it in Excel, save it as “Excel Workbook (.xlsx)” and "
        "upload that, or use the template.",
    },
    "old_format": {
        "vi": "Tệp ở định dạng Excel cũ ({format}). Mở trong Excel, lưu thành .xlsx rồi tải lại.",
        "en": "The file has an older or binary Excel format ({format}). Save it as .xlsx and upload that.",
    },
    "encrypted": {
        "vi": "Tệp có mật khẩu nên không đọc được. Bỏ mật khẩu trong Excel (Tệp › Thông tin › Bảo vệ) rồi tải lại.",
        "en": "The file is protected by a password. Remove it in Excel (File › Info › Protect) and upload it again.",
    },
    "damaged": {
        "vi": "Tệp bị hỏng, không đọc được đến hết. Mở trong Excel, lưu lại rồi tải lên.",
        "en": "The file is damaged and cannot be read to its end. Open it in Excel, save it and upload it again.",
    },
    "unsafe": {
        "vi": "Tệp bị từ chối vì có nội dung không an toàn (khai báo thực thể XML), bảng tính thường không có.",
        "en": "The file is refused: it declares XML entities, which no ordinary spreadsheet does.",
    },
    "expands_too_much": {
        "vi": "Tệp bị từ chối: khi giải nén thành {size_mb} MB (gấp {ratio} lần), vượt mức an toàn "
        "{limit_mb} MB hoặc {limit_ratio} lần.",
        "en": "The file is refused: unpacked it has {size_mb} MB ({ratio} times its size); at most {limit_mb} MB "
        "and {limit_ratio} times are safe.",
    },
    "too_many_parts": {
        "vi": "Tệp bị từ chối: gồm {count} phần bên trong, vượt mức {limit}.",
        "en": "The file is refused: it has {count} parts inside, more than {limit}.",
    },
    "too_many_sheets": {
        "vi": "Tệp có {count} trang tính, vượt mức {limit}. Chỉ giữ các trang Tổ chức, Đảng viên, Chức vụ.",
        "en": "The workbook has {count} sheets, more than {limit}. Keep only Tổ chức, Đảng viên and Chức vụ.",
    },
    "too_many_rows": {
        "vi": "Trang “{sheet}” có quá {limit} dòng. Tách theo đảng bộ rồi nhập lần lượt.",
        "en": "Sheet “{sheet}” has more than {limit} rows. Split it by organisation and import the parts.",
    },
    "too_many_columns": {
        "vi": "Trang “{sheet}” có quá {limit} cột. Xóa các cột thừa ở bên phải rồi tải lại.",
        "en": "Sheet “{sheet}” has more than {limit} columns. Delete the unused columns on the right.",
    },
    "no_known_sheet": {
        "vi": "Không thấy trang Tổ chức, Đảng viên hay Chức vụ nào trong tệp (các trang đang có: {sheets}). "
        "Đặt lại tên trang hoặc dùng tệp mẫu.",
        "en": "None of the sheets Tổ chức, Đảng viên, Chức vụ is in the file (it has: {sheets}). "
        "Rename the sheets or use the template.",
    },
    "two_sheets_alike": {
        "vi": "Hai trang “{first}” và “{second}” cùng là danh sách {purpose}. Giữ lại một trang.",
        "en": "Sheets “{first}” and “{second}” both hold the list {purpose}. Keep one of them.",
    },
    "no_rows": {
        "vi": "Các trang trong tệp không có dòng dữ liệu nào. Điền danh sách rồi tải lại.",
        "en": "The sheets hold no rows. Fill in the lists and upload the file again.",
    },
}

CELL_SENTENCES: dict[str, CellSentence] = {
    # Columns and cells.
    "column_missing": _cell(
        "Thiếu cột “{column}”.",
        "Một cột có tiêu đề “{column}”",
        "The column “{column}” is missing.",
        "A column headed “{column}”",
    ),
    "column_twice": _cell(
        "Cột “{column}” có hai lần, lần đầu ở {first}.",
        "Chỉ một cột “{column}”",
        "The column “{column}” stands twice, first at {first}.",
        "One column “{column}”",
    ),
    "missing": _cell("Thiếu {column}.", "Bắt buộc", "{column} is missing.", "Required"),
    "formula_without_value": _cell(
        "Ô là công thức chưa có kết quả.",
        "Giá trị, không phải công thức",
        "The cell is a formula without a stored result.",
        "A value, not a formula",
    ),
    "error_value": _cell(
        "Ô báo lỗi của Excel.", "Giá trị đúng", "The cell shows an Excel error.", "A proper value"
    ),
    "too_long": _cell(
        "Dài {length} ký tự.", "Nhiều nhất {limit} ký tự", "{length} characters long.", "At most {limit}"
    ),
    "odd_characters": _cell(
        "Có ký tự không dùng trong tên: {characters}",
        "Chữ, dấu cách, dấu chấm, gạch nối",
        "Characters not used in a name: {characters}",
        "Letters, blanks, full stops, hyphens",
    ),
    # Identifiers.
    "id_characters": _cell(
        "Mã có ký tự không dùng được.",
        "Chữ không dấu, số, dấu - hoặc _, nhiều nhất 32 ký tự",
        "The identifier has characters that cannot be used.",
        "Unaccented letters, digits, - or _, at most 32",
    ),
    "id_not_whole": _cell(
        "Mã là số lẻ hoặc số quá dài, Excel đã làm tròn.",
        "Định dạng cột là Văn bản rồi gõ lại",
        "The identifier is a fraction or a number too long for Excel.",
        "Format the column as Text and retype it",
    ),
    "leading_zeros_lost": _cell(
        "Có thể Excel đã bỏ số 0 ở đầu. Có phải “{suggestion}”?",
        "Mã {width} chữ số, định dạng Văn bản",
        "Excel may have dropped leading zeros. Is it “{suggestion}”?",
        "An id of {width} digits, as text",
    ),
    "id_twice": _cell(
        "Trùng với dòng {row}.", "Mỗi dòng một {column}", "Same as row {row}.", "One {column} a row"
    ),
    # Dates.
    "no_such_day": _cell(
        "Không có ngày này. Tháng {month} năm {year} có {days} ngày.",
        "dd/mm/yyyy",
        "There is no such day. Month {month} of {year} has {days} days.",
        "dd/mm/yyyy",
    ),
    "no_such_month": _cell(
        "Không có tháng {month}.", "dd/mm/yyyy", "There is no month {month}.", "dd/mm/yyyy"
    ),
    "day_missing": _cell("Thiếu ngày.", "dd/mm/yyyy", "The day is missing.", "dd/mm/yyyy"),
    "day_and_month_missing": _cell(
        "Thiếu ngày và tháng.", "dd/mm/yyyy", "Day and month are missing.", "dd/mm/yyyy"
    ),
    "short_year": _cell(
        "Năm chỉ có {digits} chữ số.",
        "Năm đủ 4 chữ số, dd/mm/yyyy",
        "The year has {digits} digits only.",
        "A year of 4 digits, dd/mm/yyyy",
    ),
    "year_out_of_range": _cell(
        "Năm {year} ngoài khoảng 1900–2100.",
        "dd/mm/yyyy",
        "The year {year} is outside 1900–2100.",
        "dd/mm/yyyy",
    ),
    "number_not_date": _cell(
        "Ô là số, chưa định dạng ngày. Có phải {suggestion}?",
        "dd/mm/yyyy hoặc ô định dạng ngày",
        "The cell is a number without a date format. Is it {suggestion}?",
        "dd/mm/yyyy, or a date format",
    ),
    "not_a_date": _cell("Không đọc được thành ngày.", "dd/mm/yyyy", "This is not a date.", "dd/mm/yyyy"),
    "after_today": _cell(
        "Sau hôm nay {today}.", "Không muộn hơn hôm nay", "After today, {today}.", "Today at the latest"
    ),
    "before_other": _cell(
        "Trước {other} {date} ở ô {cell}.",
        "Không sớm hơn {other}",
        "Before “{other}” {date} in cell {cell}.",
        "Not earlier than “{other}”",
    ),
    "under_18": _cell(
        "Chưa đủ 18 tuổi khi vào Đảng, sinh ngày {date} ở ô {cell}.",
        "Đủ 18 tuổi khi vào Đảng",
        "Under 18 at admission, born on {date} in cell {cell}.",
        "18 or older at admission",
    ),
    "already_official": _cell(
        "Đã chính thức từ {date} ở ô {cell} mà tình trạng còn dự bị.",
        "Chính thức, hoặc bỏ ngày chính thức",
        "Official since {date} in cell {cell}, yet marked probationary.",
        "Official, or no date in {cell}",
    ),
    "not_yet_official": _cell(
        "Ngày chính thức {date} ở ô {cell} chưa đến mà tình trạng đã chính thức.",
        "Dự bị, hoặc sửa ngày",
        "The official date {date} in cell {cell} is still to come.",
        "Probationary, or another date",
    ),
    # Choices.
    "not_a_choice": _cell(
        "Không có trong danh mục.", "Một trong: {choices}", "Not one of the known words.", "One of: {choices}"
    ),
    "not_a_choice_suggested": _cell(
        "Không có trong danh mục. Có phải “{suggestion}”?",
        "Một trong: {choices}",
        "Not one of the known words. Is it “{suggestion}”?",
        "One of: {choices}",
    ),
    "not_yes_or_no": _cell(
        "Không phải Có hay Không.", "Có, Không hoặc x", "Neither yes nor no.", "Có, Không or x"
    ),
    # References.
    "unknown_organisation": _cell(
        "Không có tổ chức này.",
        "Mã hoặc tên trong trang Tổ chức",
        "There is no such organisation.",
        "A code or name from the sheet Tổ chức",
    ),
    "unknown_organisation_suggested": _cell(
        "Không có tổ chức này. Có phải “{suggestion}”?",
        "Mã hoặc tên trong trang Tổ chức",
        "There is no such organisation. Is it “{suggestion}”?",
        "A code or name from the sheet Tổ chức",
    ),
    "ambiguous_organisation": _cell(
        "Có {count} tổ chức cùng tên này.",
        "Mã tổ chức",
        "{count} organisations have this name.",
        "The code of the organisation",
    ),
    "unknown_person": _cell(
        "Không có đảng viên này.",
        "Mã trong trang Đảng viên",
        "There is no such member.",
        "An id from the sheet Đảng viên",
    ),
    "unknown_person_suggested": _cell(
        "Không có đảng viên này. Có phải “{suggestion}”?",
        "Mã trong trang Đảng viên",
        "There is no such member. Is it “{suggestion}”?",
        "An id from the sheet Đảng viên",
    ),
    "row_dropped": _cell(
        "Dòng này dựa vào “{reference}” ở dòng bị lỗi nên cũng không nhập được.",
        "Sửa dòng bị lỗi trước",
        "This row rests on “{reference}”, whose own row is wrong, so it is left out as well.",
        "Correct that row first",
    ),
    # The tree.
    "own_superior": _cell(
        "Tổ chức không thể là cấp trên của chính nó.",
        "Mã tổ chức cấp trên",
        "An organisation cannot be its own superior.",
        "The code of the body above it",
    ),
    "cycle": _cell(
        "Cấp trên đi vòng: {path}.",
        "Cây tổ chức không có vòng",
        "The superiors go round in a circle: {path}.",
        "A tree without circles",
    ),
    "wrong_superior": _cell(
        "{type} không thể trực thuộc {superior}.",
        "Cấp trên là {allowed}",
        "A {type} cannot stand under a {superior}.",
        "Its superior is: {allowed}",
    ),
    "superior_needed": _cell(
        "{type} phải có tổ chức cấp trên.",
        "Mã tổ chức cấp trên",
        "A {type} needs a superior body.",
        "The code of the body above it",
    ),
    "not_a_cell": _cell(
        "“{organisation}” là {type}, không phải chi bộ.",
        "Mã chi bộ",
        "“{organisation}” is a {type}, not a cell.",
        "The code of a cell",
    ),
    "not_a_group": _cell(
        "“{organisation}” là {type}, không phải tổ đảng.",
        "Mã tổ đảng",
        "“{organisation}” is a {type}, not a Party group.",
        "The code of a Party group",
    ),
    "not_a_union": _cell(
        "“{organisation}” là {type}, không phải công đoàn có danh sách cán bộ.",
        "Mã công đoàn cơ sở, công đoàn bộ phận hoặc cơ quan công đoàn",
        "“{organisation}” is a {type}, not a union with people on its roll.",
        "The code of a grassroots union, a section union or an office of a union",
    ),
    "not_a_member_in_cell": _cell(
        "Người chưa là đảng viên không sinh hoạt ở chi bộ.",
        "Tình trạng đảng viên, hoặc để trống mã chi bộ",
        "Who is no Party member takes part in no cell.",
        "A standing of Party members, or no code of a cell",
    ),
    "temporary_without_official": _cell(
        "Có chi bộ sinh hoạt tạm thời mà không có chi bộ sinh hoạt chính thức.",
        "Điền cả cột Mã chi bộ",
        "A temporary cell is given without the official one.",
        "Fill in the official cell too",
    ),
    "temporary_in_own_cell": _cell(
        "Chi bộ sinh hoạt tạm thời trùng với chi bộ chính thức.",
        "Một chi bộ khác, hoặc để trống",
        "The temporary cell is the official one.",
        "Another cell, or nothing",
    ),
    "group_of_another_cell": _cell(
        "Tổ đảng này thuộc “{cell}”.",
        "Tổ đảng của chi bộ ở cùng dòng",
        "This Party group belongs to “{cell}”.",
        "A group of the cell in the same row",
    ),
    # Posts.
    "post_not_in_body": _cell(
        "{type} không có chức vụ này.",
        "Một trong: {choices}",
        "There is no such post in a {type}.",
        "One of: {choices}",
    ),
    "no_committee": _cell(
        "“{organisation}” ghi là không có cấp ủy.",
        "Bỏ dòng, hoặc sửa cột Có cấp ủy",
        "“{organisation}” is marked as having no committee.",
        "Remove the row, or correct the column",
    ),
    "two_heads": _cell(
        "“{organisation}” có hai người đứng đầu cùng lúc, người kia ở dòng {row}.",
        "Một người đứng đầu tại một thời điểm",
        "“{organisation}” has two heads at the same time, the other in row {row}.",
        "One head at a time",
    ),
    "post_twice": _cell(
        "Trùng với dòng {row}, hai khoảng thời gian chồng nhau.",
        "Mỗi chức vụ một khoảng thời gian",
        "Same as row {row}, and the two periods overlap.",
        "One period for each post",
    ),
    "head_from_elsewhere": _cell(
        "Người này sinh hoạt ở “{cell}”, không phải đảng viên của “{organisation}”.",
        "Đảng viên của chính chi bộ, tổ đảng đó",
        "This person belongs to “{cell}”, not to “{organisation}”.",
        "A member of that cell or group",
    ),
}

"""The bodies and the known people of the invented base organisation: who is where and who leads what."""

from __future__ import annotations

from typing import NamedTuple

COMPANY = "Công ty Cổ phần Cơ điện Bến Trúc"
BASE = "DB01"
SECTION = "BP01"


class DemoCell(NamedTuple):
    """A cell: code, name, the body above it, its founding day, members reviewed, and its people known by
    name.

    `size` counts everyone reviewed, probationary members included; exempt members come on top. `new` are the
    admission days of its probationary members.
    """

    code: str
    name: str
    superior: str
    founded: str
    size: int
    secretary: str
    deputy: str
    committee: tuple[str, ...]
    named: tuple[str, ...] = ()
    new: tuple[tuple[str, str], ...] = ()
    exempt: tuple[str, ...] = ()


# (code, name, type, superior, founded, has committee)
BODIES = (
    (BASE, f"Đảng bộ {COMPANY}", "Đảng bộ cơ sở", "", "19/05/1996", "Có"),
    (SECTION, "Đảng bộ bộ phận Khối Sản xuất", "Đảng bộ bộ phận", BASE, "03/02/2004", "Có"),
    ("CQ01", COMPANY, "Chính quyền", BASE, "12/08/1994", ""),
    ("LD01", "Ban Giám đốc Công ty", "Tập thể lãnh đạo, quản lý", BASE, "12/08/1994", ""),
    ("CD01", "Công đoàn Công ty", "Công đoàn", BASE, "28/07/1995", ""),
    ("TN01", "Đoàn Thanh niên Công ty", "Đoàn thanh niên", BASE, "26/03/1997", ""),
    ("CB04-T1", "Tổ đảng Trạm biến áp", "Tổ đảng", "CB04", "15/01/2012", ""),
    ("CB04-T2", "Tổ đảng Tủ bảng điện", "Tổ đảng", "CB04", "15/01/2012", ""),
)

CELLS = (
    DemoCell(
        "CB01",
        "Chi bộ Phân xưởng Đúc",
        SECTION,
        "03/02/1998",
        23,
        "Lưu Văn Tâm",
        "Đàm Quang Khải",
        ("Viên Thị Hảo",),
        ("Lưu Bá Thành",),
        (("Tăng Duy Khiêm", "03/02/2016"),),
        ("Thân Văn Mậu",),
    ),
    DemoCell(
        "CB02",
        "Chi bộ Phân xưởng Cơ khí",
        SECTION,
        "03/02/1998",
        27,
        "Ngô Thanh Bình",
        "Võ Hữu Trác",
        ("Mạc Thị Loan", "Doãn Khắc Thụ", "Lục Tiến Đạt"),
        ("Âu Văn Quyết",),
        (("Hứa Gia Bách", "07/11/2016"),),
    ),
    DemoCell(
        "CB03",
        "Chi bộ Phân xưởng Lắp ráp",
        SECTION,
        "07/11/2000",
        26,
        "Phùng Quang Vinh",
        "Ông Thế Vỹ",
        ("Bạch Thị Thêu", "Khổng Minh Triết", "Chu Đức Hiển"),
        ("Bùi Hữu Lộc",),
        (("Giang Thu Ngân", "15/10/2016"),),
    ),
    DemoCell(
        "CB04",
        "Chi bộ Phân xưởng Điện",
        SECTION,
        "02/09/2001",
        21,
        "Châu Ngọc Ánh",
        "Triệu Công Huân",
        ("Tiêu Ngọc Hà",),
        ("Dương Nhật Quang",),
        (("Từ Hải Đăng", "19/05/2016"),),
    ),
    DemoCell(
        "CB05",
        "Chi bộ Phòng Kỹ thuật",
        BASE,
        "03/02/1998",
        22,
        "Vũ Minh Đức",
        "Nguyễn Thị Bích Ngọc",
        ("Hồ Quang Huy",),
        (
            "Trần Quốc Anh",
            "Phạm Thị Bình",
            "Trương Văn Cường",
            "Mai Thị Dung",
            "Phan Văn Giang",
            "Đoàn Thúy Hằng",
            "Ninh Thị Hương",
            "Đỗ Thị Kim Liên",
            "Khúc Đình Long",
            "Thạch Ngọc Minh",
            "Lê Hoàng Nam",
            "Tô Hữu Phước",
            "Giang Văn Sơn",
            "Quách Thị Thảo",
            "Bùi Đức Thịnh",
            "Lương Thế Trung",
            "Vi Hồng Vân",
        ),
        (("Cao Thanh Tùng", "19/05/2016"), ("Nghiêm Hải Yến", "02/09/2016")),
        ("Đặng Văn Kính",),
    ),
    DemoCell(
        "CB06",
        "Chi bộ Phòng Kế hoạch – Kinh doanh",
        BASE,
        "19/05/1999",
        19,
        "La Hoài Phương",
        "Kiều Anh Dũng",
        ("Tạ Thị Minh Nguyệt",),
        ("Đoàn Mạnh Cường", "Trương Mỹ Linh"),
        (),
        ("Hoàng Thị Nhàn",),
    ),
    DemoCell(
        "CB07",
        "Chi bộ Phòng Tài chính – Kế toán",
        BASE,
        "19/05/1999",
        14,
        "Tống Mỹ Duyên",
        "Lâm Chí Thiện",
        ("Hà Thị Tuyết Nhung",),
    ),
    DemoCell(
        "CB08",
        "Chi bộ Văn phòng",
        BASE,
        "03/02/1998",
        17,
        "Hà Quốc Bảo",
        "Thái Thị Diệu Hiền",
        ("Lý Trọng Khôi",),
        ("Lê Trọng Nghĩa", "Trịnh Công Hải", "Đinh Thị Hồng Vân", "Phan Thị Thu Hà"),
        (("Huỳnh Khánh An", "26/03/2016"),),
    ),
    DemoCell(
        "CB09",
        "Chi bộ Kho vận",
        BASE,
        "22/12/2003",
        14,
        "Kiều Văn Lâm",
        "Đặng Thị Sáu",
        ("Cao Bá Hưng",),
        (),
        (),
        ("Phạm Văn Thoại",),
    ),
)

# (person, body, post, since, full title); posts in cells follow from CELLS.
POSTS = (
    ("Lê Trọng Nghĩa", BASE, "Bí thư", "20/06/2015", "Bí thư Đảng ủy"),
    ("Trịnh Công Hải", BASE, "Phó bí thư", "20/06/2015", "Phó Bí thư Thường trực Đảng ủy"),
    ("Đoàn Mạnh Cường", BASE, "Phó bí thư", "20/06/2015", "Phó Bí thư Đảng ủy"),
    ("Bùi Hữu Lộc", BASE, "Ủy viên BTV", "20/06/2015", ""),
    ("Phan Thị Thu Hà", BASE, "Ủy viên Ban Thường vụ", "20/06/2015", ""),
    ("Đinh Thị Hồng Vân", BASE, "Đảng ủy viên", "20/06/2015", "Trưởng Ban Tổ chức Đảng ủy"),
    ("Trương Mỹ Linh", BASE, "Đảng ủy viên", "20/06/2015", ""),
    ("Tống Mỹ Duyên", BASE, "Đảng ủy viên", "20/06/2015", ""),
    ("Hà Quốc Bảo", BASE, "Đảng ủy viên", "20/06/2015", ""),
    ("Lưu Văn Tâm", BASE, "Đảng ủy viên", "20/06/2015", ""),
    ("Ngô Thanh Bình", BASE, "Đảng ủy viên", "20/06/2015", ""),
    ("Bùi Hữu Lộc", SECTION, "Bí thư", "02/04/2015", "Bí thư Đảng ủy bộ phận"),
    ("Ngô Thanh Bình", SECTION, "Phó bí thư", "02/04/2015", ""),
    ("Lưu Văn Tâm", SECTION, "Đảng ủy viên", "02/04/2015", ""),
    ("Phùng Quang Vinh", SECTION, "Đảng ủy viên", "02/04/2015", ""),
    ("Châu Ngọc Ánh", SECTION, "Đảng ủy viên", "02/04/2015", ""),
    ("Đoàn Mạnh Cường", "CQ01", "Giám đốc", "01/07/2014", ""),
    ("Bùi Hữu Lộc", "CQ01", "Phó giám đốc", "01/10/2013", "Phó Giám đốc phụ trách sản xuất"),
    ("Trương Mỹ Linh", "CQ01", "Phó giám đốc", "01/03/2015", "Phó Giám đốc phụ trách kinh doanh"),
    ("Đoàn Mạnh Cường", "LD01", "Giám đốc", "01/07/2014", ""),
    ("Bùi Hữu Lộc", "LD01", "Phó giám đốc", "01/10/2013", ""),
    ("Trương Mỹ Linh", "LD01", "Phó giám đốc", "01/03/2015", ""),
    ("Tống Mỹ Duyên", "LD01", "Kế toán trưởng", "01/01/2012", "Kế toán trưởng"),
    ("Phan Thị Thu Hà", "CD01", "Chủ tịch Công đoàn", "15/11/2012", ""),
    ("Thái Thị Diệu Hiền", "CD01", "Phó chủ tịch", "15/11/2012", ""),
    ("Dương Nhật Quang", "TN01", "Bí thư Đoàn", "26/03/2014", ""),
    ("Triệu Công Huân", "CB04-T1", "Tổ trưởng", "10/02/2015", ""),
    ("Tiêu Ngọc Hà", "CB04-T2", "Tổ trưởng tổ đảng", "10/02/2015", ""),
    # An earlier secretary, so that the roster has a past.
    ("Đặng Thị Sáu", "CB09", "Bí thư", "05/03/2010", ""),
)
ENDED = {("Đặng Thị Sáu", "CB09", "Bí thư"): "09/02/2015"}
CELL_POSTS_SINCE = "10/02/2015"

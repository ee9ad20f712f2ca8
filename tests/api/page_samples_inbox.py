"""Samples of a secretary's inbox and of how she wants to be told, on 11/01/2017."""

from dataclasses import replace

from api.pages.views import ActionForm, Choice, EmptyState, FormField, Link, StatusText, Undo
from api.pages.views_inbox import AbsenceLine, ContactPage, InboxGroup, InboxItem, InboxPage
from tests.api.page_samples_base import clause, frame


def _snooze(number: int, error: str = "") -> ActionForm:
    return ActionForm(
        action=f"/inbox/{number}/snoozes",
        submit="Để lại",
        fields=(
            FormField(
                name="until",
                label="Nhắc lại từ ngày",
                kind="day",
                value="11/01/2017" if error else "",
                error=error,
                required=True,
            ),
            FormField(
                name="reason",
                label="Lý do",
                value="Chờ biên bản kiểm phiếu của tổ kiểm phiếu" if error else "",
                required=True,
            ),
        ),
    )


def _item(number: int, task: str, due: str, rung: StatusText, **more: object) -> InboxItem:
    given: dict[str, object] = {
        "number": number,
        "task": task,
        "where": "Chi bộ Phân xưởng Lắp ráp · Kiểm điểm năm 2016",
        "due": due,
        "rung": rung,
        "done_at": Link(label="Đến nơi thực hiện", href="/c/2016/o/CB05"),
        "because": "Nhắc bạn với tư cách người đứng đầu: Chi bộ Phân xưởng Lắp ráp.",
        "clause": clause("mục III.2.3.1"),
        "read": ActionForm(action=f"/inbox/{number}/reading", submit="Đánh dấu đã đọc"),
        "snooze": _snooze(number),
    }
    return InboxItem(**(given | more))  # type: ignore[arg-type]  # the fields of an item


def inbox(language: str) -> InboxPage:
    """One thing overdue, two to be done of which one was not put aside as typed, one put aside, one done."""
    late = StatusText(tone="late", text="Quá hạn 1 ngày làm việc")
    soon = StatusText(tone="risk", text="Còn 3 ngày làm việc")
    waits = StatusText(tone="waiting", text="Còn 10 ngày làm việc")
    undo = Undo(said="Họp kiểm điểm 22 đảng viên: đã để lại.", form=ActionForm(action="#", submit="Hoàn tác"))
    return InboxPage(
        frame=replace(frame(language, "inbox"), undo=undo),
        unread=2,
        overdue=1,
        owed=3,
        groups=(
            InboxGroup(
                key="overdue",
                title="Quá hạn",
                items=(
                    _item(
                        17,
                        "Gửi dự thảo báo cáo của tập thể chi ủy",
                        "Chậm nhất 09/01/2017",
                        late,
                        unread=True,
                        snooze=None,
                        earlier=("10/01/2017: đến hạn hôm nay", "09/01/2017: còn 1 ngày làm việc"),
                    ),
                ),
            ),
            InboxGroup(
                key="owed",
                title="Phải làm",
                items=(
                    _item(
                        19,
                        "Bỏ phiếu xếp loại cho 26 đảng viên",
                        "Chậm nhất 15:00 16/01/2017; nên làm xong chậm nhất ngày 13/01/2017",
                        soon,
                        unread=True,
                        snooze=_snooze(19, "Chọn một ngày sau hôm nay."),
                        open=True,
                    ),
                    _item(
                        20,
                        "Báo cáo cấp trên",
                        "Chậm nhất 30/01/2017; nên làm xong chậm nhất ngày 25/01/2017",
                        waits,
                        read=None,
                    ),
                ),
            ),
            InboxGroup(
                key="aside",
                title="Đã để lại",
                items=(
                    _item(
                        15,
                        "Ghi bản tự kiểm điểm của 2 đảng viên",
                        "Chậm nhất 20/01/2017",
                        waits,
                        read=None,
                        put_aside="Để lại đến 13/01/2017: hai đồng chí đi công tác.",
                        bring_back=ActionForm(action="/inbox/7/return", submit="Nhắc lại từ hôm nay"),
                    ),
                ),
            ),
            InboxGroup(
                key="finished",
                title="Đã xong hoặc không còn phải làm",
                folded=True,
                items=(
                    _item(
                        12,
                        "Báo cấp trên ngày kiểm điểm",
                        "Chậm nhất 05/01/2017",
                        StatusText(tone="done", text="Đã xong"),
                        read=None,
                        snooze=None,
                    ),
                ),
            ),
        ),
        read_all=ActionForm(action="/inbox/reading", submit="Đánh dấu đã đọc cả"),
        settings_href="/inbox/settings",
    )


def inbox_empty(language: str) -> InboxPage:
    """Nothing is owed, and the page says what will come here."""
    return InboxPage(
        frame=frame(language, "inbox"),
        empty=EmptyState(
            icon="check",
            title="Không có việc nào chờ",
            text="Khi một bước sắp đến hạn, người chịu trách nhiệm được nhắc ở đây trước 10, 5, 3 và 1 ngày "
            "làm việc.",
            link=Link(label="Xem tiến độ", href="/"),
        ),
        settings_href="/inbox/settings",
    )


def contact(language: str) -> ContactPage:
    """Two fields are wrong; days away stand, a calendar address was made just now."""
    fields = (
        FormField(name="email", label="Thư điện tử", value="tam@", error="Địa chỉ thư chưa đúng dạng."),
        FormField(name="phone", label="Điện thoại", value="0912 345 678"),
        FormField(
            name="language",
            label="Ngôn ngữ",
            kind="select",
            value="vi",
            required=True,
            choices=(Choice(value="vi", label="Tiếng Việt"), Choice(value="en", label="English")),
        ),
        FormField(name="quiet_from", label="Không nhắc từ", value="25:00", error="Giờ có dạng 21:30."),
        FormField(name="quiet_to", label="đến", value="06:30"),
    )
    day = {"kind": "day", "required": True}
    return ContactPage(
        frame=frame(language, "inbox"),
        form=ActionForm(action="/inbox/settings", submit="Lưu", fields=fields),
        absences=(
            AbsenceLine(
                days="09/01/2017 – 13/01/2017",
                state=StatusText(tone="working", text="Đang vắng"),
                withdraw=ActionForm(action="/inbox/absences/4/withdrawal", submit="Rút lại"),
            ),
            AbsenceLine(days="01/12/2016 – 02/12/2016", state=StatusText(tone="none", text="Đã qua")),
        ),
        absence=ActionForm(
            action="/inbox/absences",
            submit="Báo vắng",
            fields=(
                FormField(name="from_day", label="Từ ngày", **day),  # type: ignore[arg-type]  # as above
                FormField(name="to_day", label="Đến hết ngày", **day),  # type: ignore[arg-type]  # as above
            ),
        ),
        calendar=StatusText(tone="done", text="Đang dùng"),
        calendar_address="https://kiemdiem.example/feeds/4bWq1bM0sXtq0Zk6vX3d8yPpWm2LrTgQ.ics",
        make_calendar=ActionForm(action="/inbox/calendar", submit="Tạo địa chỉ mới"),
        revoke_calendar=ActionForm(
            action="/inbox/calendar/revocation", submit="Thu hồi địa chỉ", style="seal"
        ),
    )

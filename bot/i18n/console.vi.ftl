# Các văn bản của bảng điều khiển trên trình duyệt. -publisher là tên cơ quan, lấy từ cấu hình.

## Khung trang

console-title = Bảng điều khiển
console-publisher = { -publisher }
console-skip = Đến nội dung chính
console-menu-title = Danh mục
console-menu =
    { $page ->
        [now] Tình hình hiện nay
        [approvals] Duyệt tin
        [articles] Bài viết
        [announcements] Thông báo
        [figures] Số liệu
        [feeds] Chuyên mục, nguồn tin
        [chats] Kênh và nhóm
        [members] Thành viên và lời mời
        [support] Hỗ trợ người nhận
        [admins] Quản trị viên
        [failures] Tin không gửi được
        [api-keys] Khóa truy cập
        [audit] Nhật ký quản trị
        [settings] Cấu hình
       *[sessions] Phiên đăng nhập
    }
console-sign-out = Đăng xuất
console-back-home = Về bảng điều khiển
console-notice =
    { $notice ->
        [paused] Đã tạm dừng gửi tin.
        [unpaused] Đã cho gửi tiếp.
        [pause-refused] Không thực hiện được: trạng thái đã thay đổi.
        [session-ended] Đã kết thúc phiên đăng nhập.
        [saved] Đã lưu.
        [approval-awaiting] Đã ghi nhận; bài chờ duyệt.
        [approval-scheduled] Đã hẹn giờ phát hành.
        [approval-released] Đã duyệt, bài được phát hành.
        [approval-rejected] Đã từ chối bài.
        [approval-stopped] Đã duyệt, nhưng bài đang bị dừng gửi.
        [approval-recalled] Đã duyệt, nhưng bài đã bị thu hồi.
        [put-back] Bài lại chờ duyệt.
        [reason-too-long] Không thực hiện được: lý do không được dài quá 200 ký tự.
        [release-time] Không thực hiện được: giờ phát hành phải là một thời điểm sắp tới trong vòng một năm.
        [article-changed] Không thực hiện được: trạng thái của bài viết đã thay đổi.
        [article-stop] Đã dừng gửi bài viết.
        [article-resume] Đã cho gửi tiếp bài viết.
        [article-recall] Đang thu hồi bài viết; kết quả hiển thị tại trang này.
        [edit-done] Đã sửa, bài được trình duyệt lại.
        [edit-same] Nội dung không thay đổi.
        [edit-out] Bài đã phát hành ở một chuyên mục khác nên không sửa được nữa.
        [edit-gone] Không thực hiện được: bài không còn chờ phát hành.
        [source-taken] Đã lấy theo trang nguồn; các tin đã gửi đang được đính chính.
        [source-left] Đã giữ bản đã sửa.
        [resent] Bài đang được gửi đến những nơi được chọn.
        [resend-no-chat] Chưa gửi: bot không lưu dữ liệu về mã số này, hoặc nơi này không đăng ký chuyên mục của bài.
        [support-erased] Đã xóa toàn bộ dữ liệu theo yêu cầu.
        [support-unsubscribed] Đã hủy đăng ký theo yêu cầu.
        [feed-paused] Đã tạm dừng kiểm tra nguồn tin.
        [feed-resumed] Nguồn tin được kiểm tra tiếp.
        [feed-queued] Nguồn tin đang được kiểm tra. Vui lòng mở lại trang sau ít phút để xem kết quả.
        [feed-not-polled] Nguồn tin này đang tạm dừng nên không được kiểm tra.
        [feed-added] Đã thêm nguồn tin; nguồn tin được kiểm tra trong ít phút.
        [feed-removed] Đã gỡ nguồn tin.
        [topic-added] Đã tạo chuyên mục.
        [topic-merged] Đã bắt đầu gộp chuyên mục: người nhận tin được báo và lần lượt được chuyển sang đây.
        [topic-ended] Chuyên mục đã kết thúc; lời báo đang được gửi.
        [topic-not-ended] Không thực hiện được: tình trạng của chuyên mục đã thay đổi.
        [hold-send] Các bài được chọn đang được gửi.
        [hold-keep] Các bài được giữ lại sẽ được lưu và không gửi.
        [hold-changed] Không thực hiện được: việc này đã được quyết định trước đó, hoặc có thêm bài được giữ lại.
        [setting-changed] Đã thay đổi cấu hình; có hiệu lực ngay.
        [setting-reset] Đã bỏ giá trị đặt tại đây; giá trị của tệp cấu hình có hiệu lực.
        [api-key-revoked] Đã thu hồi khóa.
        [api-key-name] Tên khóa gồm chữ cái, chữ số, dấu cách, dấu chấm, dấu gạch dưới và dấu gạch nối, bắt đầu và kết thúc bằng chữ cái hoặc chữ số.
        [api-key-needs-a-scope] Cần chọn ít nhất một quyền cho khóa.
        [api-key-taken] Đã có hoặc từng có khóa mang tên này. Vui lòng chọn tên khác.
        [retried] Các tin này đang được gửi lại.
        [nothing-to-retry] Không còn tin nào để gửi lại.
        [chat-paused] Đã tạm dừng gửi tin đến đó.
        [chat-resumed] Đã cho gửi tiếp tin đến đó.
        [chat-removed] Đã gỡ kênh hoặc nhóm.
        [invitation-revoked] Đã thu hồi lời mời.
        [member-removed] Đã gỡ thành viên.
        [member-gone] Người này không còn là thành viên.
        [admin-appointed] Đã chỉ định quản trị viên; người đó được báo trong cuộc trò chuyện riêng với bot.
        [admin-not-started] Đã chỉ định quản trị viên. Người đó cần mở bot trước khi nhận được thông báo.
        [admin-already] Người này đã là quản trị viên.
        [admin-unknown] Bot chưa biết người có mã số này. Đề nghị người đó mở bot và gửi /start trước.
        [admin-not-an-id] Đó không phải mã số của một người.
        [admin-is-owner] Người này là người phụ trách bot, có mọi quyền.
        [admin-needs-a-role] Cần ít nhất một vai trò.
        [admin-dismissed] Đã gỡ quyền quản trị; các phiên đăng nhập của người đó đã kết thúc.
        [draft-too-many] Không tạo được: mỗi người có nhiều nhất 30 bản thảo. Vui lòng bỏ bớt bản thảo không dùng.
        [draft-lacks] Không thực hiện được: bản thảo còn thiếu nội dung nêu dưới đây.
        [draft-changed] Chưa thực hiện: bản thảo vừa được thay đổi. Vui lòng xem lại rồi thực hiện lần nữa.
        [draft-tried] Bản thử sẽ đến cuộc trò chuyện riêng của { -addressee } với bot trong giây lát.
        [draft-no-chat] Bot chưa nhắn được cho { -addressee }. Vui lòng mở cuộc trò chuyện riêng với bot và gửi /start.
        [draft-proposed] Đã đề nghị phát hành; người có quyền duyệt thấy đề nghị trong danh sách bản thảo.
        [draft-taken-back] Đã thôi đề nghị phát hành.
        [draft-page-known] Trang web này đã có trong một bài viết của bot. Vui lòng chọn trang khác hoặc không kèm trang web.
        [draft-dropped] Đã bỏ bản thảo. Không có gì được gửi đi.
        [announcement-awaiting] Thông báo đang chờ duyệt.
        [announcement-scheduled] Đã hẹn giờ phát hành thông báo.
        [announcement-released] Đã phát hành thông báo.
        [announcement-ended] Đã kết thúc thông báo.
       *[other] Đã thực hiện.
    }
console-number = { $count }
console-search = Tìm
console-any = Tất cả
console-filter = Lọc
console-save = Lưu
console-change = Thay đổi
console-days = { $count } ngày
console-nothing-found = Không tìm thấy.
console-counted = Số liệu đếm lúc { $moment }.
console-counting = Đang đếm. Vui lòng mở lại trang sau ít phút.
console-no-messenger = Ứng dụng nhắn tin không trả lời. Vui lòng thử lại sau ít phút.
console-paging = Chuyển trang
console-page = Trang { $page }
console-newer = Mới hơn
console-older = Cũ hơn

## Đăng nhập

console-link-title = Liên kết vào bảng điều khiển
console-link-how = Liên kết dùng được một lần, trong { $minutes } phút, và thay cho liên kết trước. Vui lòng không chuyển liên kết này cho người khác: ai mở liên kết sẽ có mọi quyền của { -addressee }.
console-link-off = Bảng điều khiển chưa được bật. Để bật, vui lòng đề nghị người phụ trách kỹ thuật thay đổi tệp cấu hình.
console-outside-title = Cần đăng nhập
console-outside-how = Để đăng nhập, vui lòng mở cuộc trò chuyện riêng với bot và gửi:
console-outside-why = Bot trả lời bằng một liên kết dùng được một lần trong 10 phút. Chỉ quản trị viên của bot mới nhận được liên kết này; không có mật khẩu.
console-link-used-title = Liên kết không còn dùng được
console-link-used = Mỗi liên kết chỉ dùng được một lần, trong 10 phút.
console-enter-title = Đăng nhập bảng điều khiển
console-enter-as = Đăng nhập với tư cách:
console-enter-button = Đăng nhập
console-enter-care = Nếu đây không phải tài khoản của mình, vui lòng đóng trang này và không đăng nhập.
console-refused-title = Không thực hiện được
console-not-allowed = Vai trò được giao không cho phép xem hoặc thực hiện mục này.
console-other-origin = Yêu cầu này không được gửi từ bảng điều khiển nên không được thực hiện.
console-stale-form = Trang này đã cũ. Vui lòng mở lại trang và thực hiện lại.
console-no-form = Yêu cầu không đúng dạng. Vui lòng mở lại trang và thực hiện lại.
console-too-large = Tệp quá lớn hoặc có quá nhiều tệp. Vui lòng quay lại trang trước và chọn tệp nhỏ hơn.
console-gone = Không có nội dung này, hoặc nội dung đã được gỡ.
console-too-often = Có quá nhiều lần thử không thành công. Vui lòng chờ một phút rồi thử lại.
console-too-much = Trình duyệt đã gửi quá nhiều yêu cầu. Vui lòng chờ một lát rồi thử lại.
console-no-database = Cơ sở dữ liệu tạm thời không dùng được. Vui lòng thử lại sau ít phút.

## Tình hình hiện nay

console-as-of = Tình hình lúc { $moment }; trang tự cập nhật.
console-live-lost = Không cập nhật được. Các số liệu dưới đây đã cũ.
console-troubles = Sự cố
console-trouble =
    { $kind ->
        [feed] Nguồn tin “{ $name }” không kiểm tra được từ { $moment }.
        [silent] Nguồn tin “{ $name }” không có tin mới từ { $moment }, lâu hơn thường lệ.
        [empty] Nguồn tin “{ $name }” không liệt kê tin nào từ { $moment }.
        [account] Tài khoản { $name } bị ứng dụng nhắn tin từ chối từ { $moment }.
        [updates] Không nhận được tin nhắn gửi đến tài khoản { $name } từ { $moment }.
        [database] Cơ sở dữ liệu không ghi được từ { $moment }.
        [lost] Cơ sở dữ liệu không còn dùng được từ { $moment }.
        [quota] Tài khoản { $name } sắp dùng hết số tin nhắn của tháng (từ { $moment }).
        [spent] Tài khoản { $name } đã dùng hết số tin nhắn của tháng (từ { $moment }).
        [halted] Bài viết số { $name } được tự động dừng gửi từ { $moment } vì bị từ chối quá nhiều do sai định dạng.
        [token] Chưa gia hạn được quyền truy cập của tài khoản { $name } từ { $moment }.
        [users] Gói của tài khoản { $name } đã hết chỗ cho người nhận (từ { $moment }).
       *[backlog] Tin đến hạn gửi bị chậm từ { $moment }.
    }
console-due = Tin đến hạn, chưa gửi
console-pending = Tất cả tin đang chờ
console-rate = Đã xử lý trong một phút qua
console-oldest = Chờ lâu nhất từ
console-accounts = Tài khoản
console-limit = Tối đa { $count } tin trong { $seconds } giây
console-quota = Tháng này: đã dùng { $count } trong số { $most } tin nhắn
console-served =
    { $served ->
        [yes] Đang hoạt động
       *[no] Không hoạt động
    }
console-feeds = Nguồn tin
console-feeds-none = Chưa có nguồn tin nào.
console-polled = Kiểm tra gần nhất: { $moment }
console-feed-state =
    { $state ->
        [well] Hoạt động tốt
        [failing] Có lỗi
        [paused] Tạm dừng
       *[new] Chưa kiểm tra
    }
console-pause-of =
    { $scope ->
        [everything] Toàn bộ tin
        [account] Tài khoản { $name }
       *[topic] Chuyên mục “{ $name }”
    }
console-paused-since = Tạm dừng từ { $moment }
console-pause = Tạm dừng
console-unpause = Cho gửi tiếp

## Phiên đăng nhập

console-sessions-how = Một phiên kết thúc sau 12 giờ không sử dụng, chậm nhất là sau 7 ngày. Nếu thấy một phiên lạ, vui lòng kết thúc phiên đó.
console-session-this = Phiên này
console-session-device = Thiết bị không rõ
console-session-since = Đăng nhập: { $moment }
console-session-used = Sử dụng gần nhất: { $moment }
console-session-end = Kết thúc

## Duyệt tin

console-approval-lacking = Còn thiếu { $count } người duyệt
console-approval-yours = Ý kiến duyệt của { -addressee } đã được ghi nhận; cần một người khác cùng duyệt.
console-approvals-all = Tất cả bài chờ duyệt
console-urgent = Tin khẩn
console-answer =
    { $answer ->
        [approve] Duyệt
        [release] Phát hành ngay
        [schedule] Hẹn giờ
        [reschedule] Đổi giờ
        [approve-at] Duyệt để phát hành vào giờ này
        [take-back] Hủy lịch
       *[reject] Từ chối
    }
console-reject-sure = Bài không được phát hành trong chuyên mục này. Trong 7 ngày, bài có thể được đưa trở lại danh sách chờ duyệt.
console-reject-reason = Lý do (không bắt buộc; những người cùng được hỏi sẽ thấy)
console-reject-button = Đồng ý từ chối
console-put-back = Đưa lại danh sách chờ duyệt
console-release-at = Phát hành lúc (giờ Việt Nam)

## Sửa trước khi phát hành

console-edit = Sửa
console-edit-title = Sửa bài trước khi phát hành
console-edit-form = Bản sẽ phát hành
console-edit-back = Về trang duyệt bài
console-edit-of =
    { $part ->
        [title] Tiêu đề
        [summary] Tóm tắt (để trống: lấy đoạn đầu của bài)
       *[photo] Ảnh đại diện
    }
console-edit-photo =
    { $choice ->
        [keep] Giữ ảnh hiện nay
        [still-none] Không có ảnh, như hiện nay
        [other] Ảnh khác của bài
        [view] Xem ảnh tại trang nguồn
       *[none] Không dùng ảnh
    }
console-edit-how = Sau khi lưu, bài được trình duyệt lại từ đầu tại mọi chuyên mục đang chờ.
console-edit-changed = Chưa lưu: bài đã thay đổi trong lúc đang sửa. Nội dung vừa nhập vẫn còn dưới đây; vui lòng đối chiếu với bản hiện nay rồi lưu lại.
console-edit-now = Bản hiện nay
console-restore = Khôi phục nguyên văn
console-restore-sure = Bài lấy lại tiêu đề, tóm tắt và ảnh theo nguồn; phần đã sửa bị bỏ. Bài được trình duyệt lại từ đầu.
console-restore-button = Đồng ý khôi phục

## Bài viết

console-search-articles = Tìm bài viết
console-article-state =
    { $state ->
        [awaiting] Chờ duyệt
        [scheduled] Đã hẹn giờ
        [rejected] Đã từ chối
        [stopped] Đã dừng gửi
        [ended] Đã hết hạn
        [recalled] Đã thu hồi
       *[released] Đã phát hành
    }
console-article-source = Nội dung từ nguồn tin
console-corrections = Các lần đính chính
console-correction-small = Sửa lỗi nhỏ
console-document-name = Văn bản
console-document-issuer = Cơ quan ban hành
console-document-signer = Người ký
console-document-issued = Ngày ban hành
console-document-effective = Ngày có hiệu lực
console-article-card = Hiển thị trên { $account }
console-step =
    { $step ->
        [stop] Dừng gửi
        [resume] Gửi tiếp
       *[recall] Thu hồi
    }
console-recall-sure = Tin đã gửi sẽ được xóa hoặc được thay bằng lời báo, nếu ứng dụng nhắn tin cho phép; tin chưa gửi sẽ không được gửi nữa. Bài đã thu hồi thì không thể gửi lại.
console-article-waiting = Xem việc duyệt: { $topic }
console-resend = Gửi thêm
console-resend-topic = Gửi cho những nơi đang đăng ký mà chưa nhận bài, trong chuyên mục
console-resend-failed = Gửi lại cho những nơi gửi không thành công.
console-resend-chat = Gửi cho một nơi, theo mã số mà nơi này cung cấp (kể cả khi đã nhận)
console-resend-to =
    { $to ->
        [topic] Gửi cho nơi chưa nhận
        [failed] Gửi lại nơi bị lỗi
       *[chat] Gửi cho nơi này
    }
console-fate = Tình hình gửi
console-fate-sent = Đã gửi đến
console-fate-pending = Còn chờ gửi đến
console-fate-ended = Không gửi đến

## Thông báo

console-announcements-views = Danh sách thông báo
console-announcements-view =
    { $view ->
        [scheduled] Chờ phát hành
        [released] Đã phát hành
        [ended] Đã kết thúc
       *[drafts] Bản thảo
    }
console-announcements-none =
    { $view ->
        [scheduled] Không có thông báo nào chờ phát hành.
        [released] Chưa có thông báo nào được phát hành.
        [ended] Chưa có thông báo nào kết thúc.
       *[drafts] Chưa có bản thảo nào.
    }
console-announcements-all = Tất cả thông báo
console-drafts-how = Bản thảo do một người soạn, người khác có quyền ở cùng chuyên mục có thể xem và sửa. Bản thảo không được sửa trong 30 ngày sẽ tự xóa.
console-draft-begin = Soạn thông báo
console-draft-untitled = Chưa có tiêu đề
console-draft-changed = { $name }, sửa lúc { $moment }
console-draft-state =
    { $state ->
        [proposed] Đề nghị phát hành
       *[draft] Bản thảo
    }
console-draft-title = Tiêu đề
console-draft-text = Nội dung (mỗi dòng là một đoạn)
console-draft-page = Trang web của thông báo, nếu có
console-draft-photo = Ảnh, nếu có
console-draft-photo-how = Tệp JPEG, PNG hoặc WebP, tối đa 10 MB.
console-draft-photo-now = Ảnh hiện có
console-draft-documents = Tài liệu theo địa chỉ
console-draft-documents-example = Công văn số 12: https://coquan.gov.vn/cv12.pdf
console-draft-documents-how = Mỗi dòng gồm tên và một địa chỉ; nhiều nhất 10 tài liệu.
console-draft-topics = Chuyên mục
console-draft-urgent = Tin khẩn: được gửi trước các tin khác
console-draft-release-at = Giờ phát hành (giờ Việt Nam)
console-draft-release-how = Để trống nếu phát hành ngay. Mỗi thông báo được phát hành một lần, không lặp lại.
console-draft-ends-at = Hết hạn lúc (giờ Việt Nam)
console-draft-ends-how = Để trống nếu không có hạn.
console-draft-at-end = Khi hết hạn
console-at-end =
    { $how ->
        [delete] Xóa các tin đã gửi, ở những nơi xóa được
       *[note] Ghi “đã hết hạn” vào các tin đã gửi
    }
console-draft-save = Lưu và xem trước
console-draft-not-saved = Chưa lưu được. Vui lòng sửa các điểm sau rồi lưu lại; tệp đã chọn cần được chọn lại.
console-draft-fault =
    { $fault ->
        [changed] Có người vừa sửa bản thảo này. Dưới đây là nội dung do { -addressee } nhập; lưu lần nữa sẽ thay thế nội dung kia.
        [series] Mỗi thông báo được phát hành một lần và không lặp lại theo chu kỳ. Vui lòng chọn đúng một thời điểm.
        [p] Tệp ảnh này không dùng được. Vui lòng chọn tệp JPEG, PNG hoặc WebP.
        [d] Mỗi dòng tài liệu cần có tên và đúng một địa chỉ đầy đủ; nhiều nhất 10 tài liệu.
        [w] Trang web cần đúng một địa chỉ đầy đủ, ví dụ: https://coquan.gov.vn.
        [a] Giờ phát hành phải là một thời điểm sắp tới trong vòng một năm.
        [e] Thời điểm hết hạn phải là một thời điểm sắp tới trong vòng một năm.
       *[t] Tiêu đề dài nhất 300 ký tự, nội dung dài nhất 20.000 ký tự.
    }
console-draft-drop = Bỏ bản thảo
console-draft-drop-sure = Bản thảo sẽ bị xóa và không khôi phục được. Tiếp tục?
console-draft-in = Chuyên mục: { $topics }
console-draft-at-once = Phát hành ngay khi được xác nhận
console-draft-begins = Phát hành lúc { $moment }
console-draft-release =
    { $when ->
        [later] Hẹn giờ phát hành
       *[now] Phát hành
    }
console-draft-release-sure = Thông báo sẽ được gửi đúng như hiển thị dưới đây. Tiếp tục?
console-draft-propose = Đề nghị phát hành
console-draft-take-back = Thôi đề nghị
console-draft-try = Gửi thử cho riêng tôi
console-draft-edit = Sửa
console-draft-forecast = Dự kiến gửi
console-draft-forecast-how = Tính số nơi nhận ngay, nhận trong bản tin tổng hợp, không nhận do bộ lọc, và thời gian gửi. Với nhiều nơi nhận, việc tính có thể mất vài giây.
console-draft-forecast-count = Tính dự kiến
console-announcement = Thông báo của cơ quan
console-announcement-ends =
    { $how ->
        [delete] Hết hạn lúc { $moment }; khi đó tin đã gửi được xóa.
       *[note] Hết hạn lúc { $moment }; khi đó tin đã gửi được ghi “đã hết hạn”.
    }
console-announcement-ended = Đã kết thúc lúc { $moment }.
console-announcement-no-end = Thông báo này không có hạn.
console-announcement-end = Kết thúc ngay
console-announcement-end-sure =
    { $how ->
        [delete] Các tin đã gửi sẽ được xóa ở những nơi xóa được, phần chưa gửi sẽ không gửi nữa. Tiếp tục?
       *[note] Các tin đã gửi sẽ được ghi “đã hết hạn”, phần chưa gửi sẽ không gửi nữa. Tiếp tục?
    }

## Chuyên mục và nguồn tin

console-topic-members = Chuyên mục riêng
console-topic-approval =
    { $count ->
        [0] Không cần duyệt
       *[other] Cần { $count } người duyệt
    }
console-topic-approval-usual =
    { $count ->
        [0] Theo quy định chung: không cần duyệt
       *[other] Theo quy định chung: cần { $count } người duyệt
    }
console-held = Đang giữ { $count } bài
console-feeds-all = Tất cả chuyên mục và nguồn tin
console-feed-poll = Kiểm tra ngay
console-feed-resume = Kiểm tra tiếp
console-feed-facts = Thông tin về nguồn tin
console-source-origin =
    { $origin ->
        [configured] Tệp cấu hình
       *[added] Cơ sở dữ liệu
    }
console-in-file = Mục này được khai báo trong tệp cấu hình. Vui lòng đề nghị người phụ trách kỹ thuật sửa tại đó.
console-source-problem =
    { $field ->
        [url] Vui lòng ghi địa chỉ đầy đủ của trang, ví dụ “https://coquan.gov.vn/tin-tuc”.
        [kind] Vui lòng chọn một loại nguồn tin trong danh sách.
        [preset] Vui lòng chọn một kiểu trang trong danh sách.
        [selector] Bộ chọn CSS của mục “{ $part }” không hợp lệ ({ $words }).
        [name] Vui lòng ghi tên không quá dài, tối đa 120 ký tự cho nguồn tin và 80 ký tự cho chuyên mục.
        [interval] Chu kỳ kiểm tra cần từ 30 giây đến 7 ngày.
        [topic] Vui lòng chọn một chuyên mục được giao phụ trách.
        [twin] Nguồn tin “{ $words }” đã lấy tin từ địa chỉ này cho chuyên mục này.
        [tried] Địa chỉ hoặc cách đọc đã thay đổi sau lần đọc thử. Vui lòng đọc thử lại rồi lưu.
        [hashtag] Thẻ là một từ gồm chữ cái, chữ số và dấu gạch dưới, không quá 60 ký tự, ví dụ “TinMới”.
        [taken] Đã có chuyên mục mang tên này. Vui lòng chọn tên khác.
       *[approval] Vui lòng chọn cách duyệt trong danh sách.
    }
console-feed-new = Thêm nguồn tin
console-feed-address = Địa chỉ
console-feed-url = Địa chỉ trang hoặc nguồn RSS
console-feed-advanced = Tùy chọn nâng cao
console-feed-kind = Loại nguồn tin
console-feed-kind-of =
    { $kind ->
        [syndication] Nguồn RSS, Atom hoặc JSON
        [listing] Trang danh sách tin
        [sitemap] Sơ đồ trang tin
       *[auto] Tự nhận biết
    }
console-feed-preset = Kiểu trang
console-feed-preset-found = Tự nhận biết
console-feed-selectors = Nếu danh sách hoặc bài viết không được đọc đúng, vui lòng ghi bộ chọn CSS cho phần bị sai; các phần khác để trống.
console-feed-listing = Trên trang danh sách
console-feed-page = Trên trang bài viết
console-feed-part =
    { $part ->
        [item] Một tin trong danh sách
        [title] Tiêu đề có liên kết đến bài
        [summary] Tóm tắt
        [date] Ngày đăng
        [photo] Ảnh nhỏ
       *[next] Liên kết đến trang sau
    }
console-page-part =
    { $part ->
        [title] Tiêu đề
        [date] Ngày đăng
        [summary] Đoạn mở đầu
        [body] Nội dung
        [photo] Ảnh ngoài nội dung
        [caption] Chú thích ảnh
        [author] Tác giả
        [source] Nguồn
       *[attachment] Tệp đính kèm ngoài nội dung
    }
console-feed-try-how = Bot đọc thử địa chỉ này và cho xem kết quả. Chưa có gì được lưu hoặc gửi đi.
console-feed-try = Đọc thử
console-feed-try-again = Đọc thử lại
console-feed-keep = Lưu nguồn tin
console-feed-name = Tên nguồn tin
console-feed-topic = Chuyên mục
console-feed-interval = Chu kỳ kiểm tra
console-feed-adapts = Tự điều chỉnh
console-every =
    { $unit ->
        [seconds] { $count } giây một lần
        [hours] { $count } giờ một lần
       *[minutes] { $count } phút một lần
    }
console-feed-save = Lưu nguồn tin này
console-feed-save-anyway = Vẫn lưu
console-feed-unproven = Lần đọc thử chưa thấy tin nào. Nguồn tin được lưu vẫn được kiểm tra theo chu kỳ.
console-feed-needs-topic = Cần có một chuyên mục trước khi thêm nguồn tin.
console-feed-remove = Gỡ nguồn tin
console-feed-remove-sure = Nguồn tin này không được kiểm tra nữa. Các bài đã lấy vẫn được giữ; nếu sau này thêm lại, tin đã biết không bị gửi lần nữa.
console-feed-in-file = Nguồn tin này được khai báo trong tệp cấu hình và chỉ sửa được tại đó. Tại đây có thể tạm dừng và kiểm tra ngay.
console-trials-busy = Bot đang đọc thử các địa chỉ khác. Vui lòng thử lại sau ít phút.
console-trial-failed = Không đọc được địa chỉ này
console-trial-found = Kết quả đọc thử
console-trial-entries = Có { $count } tin
console-trial-hub = Nguồn này báo ngay khi có tin mới
console-trial-guessed = Những điều bot tự suy đoán
console-trial-unread = Tin được soạn từ danh sách, vì không đọc được trang bài viết: { $reason }.
console-trial-newest = { $count } tin đầu danh sách
console-trial-card = Tin đầu tiên sẽ hiển thị như sau
console-guess =
    { $guess ->
        [elsewhere] Địa chỉ là một trang thông thường; tin được đọc từ { $found } mà trang giới thiệu.
        [preset] Nhận ra kiểu trang { $found } qua cấu trúc trang.
        [items] Không có bộ chọn phù hợp; bot lấy nhóm liên kết có nhiều chữ nhất trên trang làm danh sách tin.
        [items-of-preset] Danh sách tin được chọn bằng { $found }, theo kiểu trang { $total }.
        [undated] Không đọc được ngày đăng của { $found } trong số { $total } tin.
       *[unlinked] Có { $found } trong số { $total } tin không có liên kết.
    }
console-polls = Các lần kiểm tra gần đây
console-polls-none = Chưa có lần kiểm tra nào.
console-polls-older = { $count } lần trước đó
console-poll-column =
    { $column ->
        [at] Thời điểm
        [result] Kết quả
        [entries] Số tin
        [fresh] Tin mới
       *[took] Thời gian
    }
console-poll-result =
    { $result ->
        [read] Đọc được
        [unchanged] Không thay đổi
       *[failed] Lỗi
    }
console-poll-took = { $count } ms
console-topic-new = Thêm chuyên mục
console-topic-create = Tạo chuyên mục
console-topic-new-how = Chuyên mục có hiệu lực ngay: người nhận tin thấy chuyên mục trong danh sách và có thể đăng ký.
console-topic-name-vi = Tên tiếng Việt
console-topic-name-en = Tên tiếng Anh (không bắt buộc)
console-topic-hashtag = Thẻ (để trống: lập từ tên)
console-topic-closed = Chuyên mục riêng: chỉ người được mời mới thấy và nhận tin
console-topic-closing = Khi chuyển thành chuyên mục riêng, người đang nhận tin mà chưa được mời sẽ thôi nhận.
console-topic-rule = Duyệt trước khi phát hành
console-topic-approvals =
    { $approval ->
        [usual] Theo quy định chung
        [one] Một người duyệt
        [two] Hai người khác nhau duyệt
       *[none] Không cần duyệt
    }
console-topic-unanswered = Khi không có ai trả lời
console-topic-when-unanswered =
    { $unanswered ->
        [release] Phát hành
        [drop] Từ chối
       *[remind] Nhắc lại
    }
console-topic-hours = Thời hạn trả lời (giờ)
console-topic-subscribers = Có { $count } nơi nhận tin
console-topic-uncounted = Số nơi nhận tin đang được đếm
console-topic-few = Có dưới 5 nơi nhận tin
console-topic-in-file = Chuyên mục này được khai báo trong tệp cấu hình: tên, cách duyệt và việc kết thúc chuyên mục do tệp quyết định.
console-topic-leaving = Gộp hoặc kết thúc chuyên mục
console-topic-leaving-how = Người nhận tin được báo bằng một tin nhắn. Sau khi gộp hoặc kết thúc, chuyên mục không còn trong danh sách.
console-topic-merge = Gộp vào chuyên mục khác
console-topic-merge-into = Gộp vào
console-topic-merge-sure = { $subscribers }. Tất cả được báo và tiếp tục nhận tin của chuyên mục được chọn, giữ nguyên thời điểm nhận và bộ lọc. Sau khi gộp thì không thể tách lại.
console-topic-merge-yes = Gộp chuyên mục
console-topic-end = Kết thúc chuyên mục
console-topic-farewell = Lời báo kết thúc (để trống: lời báo soạn sẵn)
console-topic-offer = Giới thiệu chuyên mục khác
console-topic-offer-none = Không giới thiệu
console-topic-end-sure = { $subscribers }. Tất cả nhận được lời báo kết thúc, sau đó thôi nhận tin của chuyên mục này.
console-topic-end-yes = Kết thúc và gửi lời báo
console-topic-obstacle =
    { $kind ->
        [feed] Chưa gộp hoặc kết thúc được: còn nguồn tin của chuyên mục này. Vui lòng gỡ hoặc chuyển nguồn tin sang chuyên mục khác trước.
        [paused] Chưa gộp hoặc kết thúc được: chuyên mục đang tạm dừng gửi tin. Vui lòng cho gửi tiếp trước.
        [stopped] Chưa gộp hoặc kết thúc được: bài viết số { $about } đang dừng gửi. Vui lòng cho gửi tiếp hoặc thu hồi bài trước.
        [waiting] Chưa gộp hoặc kết thúc được: bài viết số { $about } đang chờ duyệt. Vui lòng duyệt hoặc từ chối bài trước.
        [merge] Chưa gộp hoặc kết thúc được: một chuyên mục khác đang được gộp vào đây. Vui lòng chờ ít phút.
       *[in-file] Chuyên mục được khai báo trong tệp cấu hình.
    }
console-topic-obstacle-see = Mở nguồn tin

## Tin không gửi được

console-retry = Gửi lại

## Số liệu

console-figure =
    { $figure ->
        [released] Nội dung phát hành
        [delivered] Tin đã gửi
        [corrected] Tin đính chính đã gửi
        [failed] Tin không gửi được
        [subscribed] Lượt đăng ký mới
       *[ended] Lượt đăng ký kết thúc
    }
console-figures-by =
    { $kind ->
        [topic] Theo chuyên mục
       *[day] Theo ngày
    }
console-figures-of =
    { $kind ->
        [topic] Chuyên mục
       *[day] Ngày
    }

## Kênh và nhóm

console-search-chats = Tìm kênh hoặc nhóm
console-people =
    { $status ->
        [active] Người đang nhận tin
        [paused] Người tạm dừng nhận tin
        [waiting] Người chờ chỗ trong gói
       *[off] Người không nhận được tin
    }
console-people-how = Cuộc trò chuyện riêng chỉ được đếm, không được liệt kê.
console-chat-status =
    { $status ->
        [active] Đang hoạt động
        [paused] Tạm dừng
        [waiting] Đang chờ
       *[off] Đã tắt
    }
console-chat-topics = Chuyên mục được gửi đến đây
console-chat-remove = Gỡ bỏ
console-chats-how = Để thêm kênh hoặc nhóm, gửi tin thử và đặt giờ nhận tin, vui lòng gửi /kenh cho bot.

## Thành viên và lời mời

console-members-list = Xem thành viên
console-member-since = Thành viên từ { $moment }
console-member-remove = Gỡ thành viên
console-invite = Tạo lời mời
console-invite-days = Có hiệu lực trong
console-invite-uses = Số người được mời
console-invite-note = Dành cho (người được mời xem được ghi chú này)

## Hỗ trợ người nhận

console-support-how = Người nhận biết mã số của mình khi gửi “mã số” hoặc /dulieu cho bot. Mỗi lần xem đều được ghi vào nhật ký quản trị; nhật ký không ghi mã số này.
console-support-id = Mã số của người hoặc nhóm cần hỗ trợ
console-support-look = Xem
console-support-subscriptions = Đăng ký hiện nay
console-support-none = Không có đăng ký nào.
console-support-since = Đăng ký từ { $moment }
console-support-unsubscribe = Hủy đăng ký
console-support-sure =
    { $step ->
        [erase] Xóa toàn bộ dữ liệu theo yêu cầu của chính người này? Dữ liệu bị xóa ngay và không thể khôi phục; bot sẽ không gửi tin nữa và chỉ giữ lại thời điểm xóa cùng một bằng chứng đã mã hóa.
        [topic] Hủy đăng ký này theo yêu cầu của chính người này?
       *[all] Hủy mọi đăng ký theo yêu cầu của chính người này?
    }

## Quản trị viên

console-owner = Người phụ trách bot, được nêu trong cấu hình
console-roles = Vai trò
console-topics-limit = Chỉ cho các chuyên mục (không chọn mục nào: tất cả)
console-appoint = Chỉ định quản trị viên
console-appoint-how = Mã số có dạng { $example }; bot trả lời mã số cho người gửi /start. Người được chỉ định xem được tên ghi ở đây.
console-admin-id = Mã số
console-admin-name = Tên
console-dismiss = Gỡ quyền quản trị
console-dismiss-sure = Người này sẽ không quản trị bot nữa; các phiên đăng nhập bảng điều khiển kết thúc ngay.

## Khóa truy cập

console-api-keys-how = Phần mềm của cơ quan, ví dụ hệ thống quản trị trang thông tin điện tử, dùng khóa để gửi nội dung cho bot.
console-api-keys-none = Chưa có khóa nào.
console-api-key-made = Đã tạo khóa “{ $name }”
console-api-key-care = Khóa chỉ hiển thị một lần, tại đây. Vui lòng sao chép ngay và không gửi qua tin nhắn.
console-api-key-created = Tạo lúc { $moment }
console-api-key-used = Sử dụng gần nhất: { $date }
console-api-key-revoked = Đã thu hồi lúc { $moment }
console-api-key-revoke = Thu hồi khóa
console-api-key-revoke-sure = Phần mềm dùng khóa này bị từ chối ngay. Khóa đã thu hồi thì không thể dùng lại.
console-api-key-create = Tạo khóa
console-api-key-name = Tên khóa
console-api-scopes = Khóa được phép
console-api-scope =
    { $scope ->
        [CONTENTS_WRITE] Gửi nội dung
        [PUBLICATIONS_READ] Xem nội dung đã gửi và tình hình gửi
        [FIGURES_READ] Xem số liệu
       *[PUBLICATIONS_RECALL] Thu hồi nội dung
    }

## Nhật ký quản trị

console-csv = Tải tệp bảng tính
console-audit-action = Việc
console-audit-place = Nơi thực hiện
console-audit-days = Thời gian
console-audit-user = Mã số người thực hiện
console-place =
    { $place ->
        [chat] Cuộc trò chuyện
        [console] Bảng điều khiển
        [api] Giao diện lập trình
        [cli] Dòng lệnh
        [configuration] Tệp cấu hình
       *[service] Hệ thống tự thực hiện
    }

## Cấu hình

console-settings-editable = Thay đổi được tại đây
console-settings-editable-how = Giá trị đặt tại đây được ưu tiên hơn tệp cấu hình và có hiệu lực ngay, không cần khởi động lại. Mỗi lần thay đổi đều được ghi vào nhật ký.
console-settings-all = Toàn bộ cấu hình
console-settings-how = Các giá trị đang có hiệu lực; mật khẩu và mã bí mật không hiển thị. Để thay đổi các mục không có ở phần trên, vui lòng đề nghị người phụ trách kỹ thuật.
console-setting-label =
    { $setting ->
        [agency-name] Tên cơ quan
        [agency-name-en] Tên cơ quan bằng tiếng Anh
        [agency-contact] Liên hệ về dữ liệu cá nhân
        [language-address] Cách xưng hô
        [subscribers-quiet-hours] Giờ yên lặng
        [subscribers-quiet-mode] Tin trong giờ yên lặng
        [subscribers-whole-text] Toàn văn trong một tin (Telegram)
        [topics-approval] Số người duyệt trước khi phát hành
        [topics-unanswered] Khi không có người duyệt trả lời
        [topics-unanswered-after] Thời hạn trả lời
        [delivery-malformed-percent] Tỷ lệ tin bị từ chối để tự động dừng (%)
        [alerts-feed-after] Báo khi nguồn tin lỗi quá
        [alerts-silent-after] Báo khi nguồn tin không có bài mới quá
        [alerts-account-after] Báo khi tài khoản không hoạt động quá
        [alerts-backlog-after] Báo khi tin chờ gửi quá
        [alerts-remind-every] Nhắc lại cảnh báo sau mỗi
       *[alerts-weekly-figures] Gửi số liệu hằng tuần cho người phụ trách
    }
console-setting-hint =
    { $setting ->
        [agency-name] Tên hiển thị trong mọi tin nhắn, tối đa 200 ký tự.
        [agency-name-en] Để trống thì dùng tên tiếng Việt.
        [agency-contact] Thư điện tử, số điện thoại hoặc địa chỉ trang thông tin điện tử, ví dụ bantin@coquan.gov.vn.
        [language-address] Áp dụng khi người nhận hoặc chuyên mục chưa chọn cách xưng hô khác.
        [subscribers-quiet-hours] Giờ bắt đầu và giờ kết thúc, viết như 22:00, cách nhau bằng dấu gạch nối; để trống thì không có giờ yên lặng. Áp dụng cho người nhận chưa tự chọn.
        [subscribers-quiet-mode] Áp dụng cho người nhận chưa tự chọn.
        [subscribers-whole-text] Có đề mục, ảnh và bảng tại chỗ; ứng dụng Telegram cũ chỉ hiện lời đề nghị cập nhật. Áp dụng cho người nhận chưa tự chọn.
        [topics-approval] Áp dụng cho chuyên mục không có quy định riêng.
        [topics-unanswered] Áp dụng cho chuyên mục không có quy định riêng.
        [topics-unanswered-after] Số và đơn vị, ví dụ “30m” là 30 phút, “24h” là 24 giờ, “2d” là 2 ngày.
        [delivery-malformed-percent] Số nguyên từ 1 đến 100.
        [alerts-weekly-figures] Gửi vào sáng thứ Hai.
       *[alerts-feed-after] Số và đơn vị, ví dụ “30m” là 30 phút, “3h” là 3 giờ, “7d” là 7 ngày.
    }
console-setting-quiet-mode =
    { $word ->
        [wait] Chờ hết giờ yên lặng
       *[silent] Gửi không âm báo
    }
console-setting-approval =
    { $word ->
        [one] Một người duyệt
        [two] Hai người duyệt
       *[none] Không cần duyệt
    }
console-setting-unanswered =
    { $word ->
        [release] Phát hành
        [drop] Không phát hành
       *[remind] Nhắc lại
    }
console-setting-weekly-figures =
    { $word ->
        [true] Có
       *[false] Không
    }
console-setting-empty = Không đặt
console-setting-wrong = Giá trị không hợp lệ.
console-setting-refused = Giá trị đã lưu “{ $value }” không hợp lệ nên không được dùng
console-setting-unknown = Phiên bản này không có mục cấu hình đã lưu
console-setting-overridden =
    Giá trị đặt tại đây là “{ $value }”, không có hiệu lực vì { $origin ->
        [secrets] tệp mã bí mật
       *[environment] biến môi trường
    } được ưu tiên.
console-setting-reset = Bỏ giá trị đặt tại đây
console-setting-name = Tên
console-setting-value = Giá trị
console-setting-origin = Xuất xứ
console-origin =
    { $origin ->
        [file] Tệp cấu hình
        [stored] Đặt tại đây
        [secrets] Tệp mã bí mật
        [environment] Biến môi trường
       *[default] Mặc định
    }

## Chọn danh sách tin trên trang web

console-pick-title = Chọn danh sách tin trên trang
console-pick-how = Mở trang danh sách tin, rồi chọn tiêu đề của một tin trong bản xem trước. Bot tự tìm các tin còn lại trong danh sách.
console-pick-open = Mở trang
console-pick-refused = Địa chỉ hoặc bộ chọn không hợp lệ. Vui lòng ghi địa chỉ đầy đủ, ví dụ “https://coquan.gov.vn/tin-tuc”.
console-pick-page = Bản xem trước của trang
console-pick-part = Phần được chọn trên trang
console-pick-lists = Chọn từ các danh sách có trên trang
console-pick-list = { $count } liên kết
console-pick-pieces = Các phần khác của tin
console-pick-none = Để bot tự tìm
console-pick-try = Xem kết quả
console-pick-found = Tìm thấy { $count } tin
console-pick-guessed =
    { $part ->
        [item] Bot tự xác định phạm vi của từng tin.
       *[summary] Bot tự xác định phần tóm tắt.
    }
console-pick-left-out =
    { $part ->
        [date] Ngày đăng đã chọn không nằm trong tin nào của danh sách nên không được dùng.
        [summary] Phần tóm tắt đã chọn không nằm trong tin nào của danh sách nên không được dùng.
       *[photo] Ảnh đã chọn không nằm trong tin nào của danh sách nên không được dùng.
    }
console-pick-problem =
    { $problem ->
        [changed] Trang vừa thay đổi nội dung. Vui lòng chọn lại.
        [no-link] Phần đã chọn không có liên kết đến bài viết. Vui lòng chọn tiêu đề của một tin.
        [nothing-alike] Không có tin nào khác trên trang giống tin đã chọn. Vui lòng chọn một tin khác.
        [nothing-found] Không tìm thấy tin nào theo các bộ chọn này.
       *[bad-selector] Có bộ chọn CSS không hợp lệ.
    }
console-pick-selectors = Bộ chọn CSS
console-pick-toml = Nội dung để khai báo trong tệp cấu hình
console-pick-use = Dùng danh sách này

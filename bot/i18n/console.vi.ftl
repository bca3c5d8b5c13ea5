# Các văn bản của bảng điều khiển trên trình duyệt. -publisher là tên cơ quan, lấy từ cấu hình.

## Khung trang

console-title = Bảng điều khiển
console-publisher = { -publisher }
console-skip = Đến nội dung chính
console-menu-title = Danh mục
console-menu =
    { $page ->
        [now] Tình hình hiện nay
        [articles] Bài viết
        [chats] Kênh và nhóm
        [members] Thành viên và lời mời
        [admins] Quản trị viên
        [failures] Tin không gửi được
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
       *[other] Đã thực hiện.
    }
console-number = { $count }
console-paging = Chuyển trang
console-page = Trang { $page } / { $pages }
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
console-gone = Không có nội dung này, hoặc nội dung đã được gỡ.
console-too-often = Có quá nhiều lần thử không thành công. Vui lòng chờ một phút rồi thử lại.
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

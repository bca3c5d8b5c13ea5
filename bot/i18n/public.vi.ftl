# Các văn bản của trang công khai. -publisher là tên cơ quan, lấy từ cấu hình.

## Khung trang

public-name = Bản tin
public-publisher = { -publisher }
public-title = Bản tin { -publisher }
public-skip = Đến nội dung chính
public-topics = Chuyên mục
public-home = Trang chủ
public-languages = Ngôn ngữ
public-search = Tìm kiếm
public-search-label = Tìm trong các bài viết
public-subscribe = Đăng ký nhận tin
public-feed = Nguồn tin { $format }
public-footer = Trang này do { -publisher } công bố. Trang không dùng cookie và không theo dõi người đọc.

## Danh sách

public-newest = Tin mới nhất
public-all = Xem tất cả
public-none = Chưa có bài viết nào.
public-count = { $count } bài viết
public-paging = Các trang
public-page = Trang { $page } trên { $pages }
public-newer = Mới hơn
public-older = Cũ hơn
public-found =
    { $more ->
        [yes] Tìm thấy hơn { $count } bài viết.
       *[no] Tìm thấy { $count } bài viết.
    }
public-nothing-found = Không tìm thấy bài viết nào. Vui lòng thử từ khóa khác, hoặc viết không dấu.
public-search-how = Có thể viết có dấu hoặc không dấu; đặt cụm từ trong ngoặc kép; thêm thời gian, ví dụ “tháng 8/2017”.

## Bài viết

public-original = Xem bài gốc trên trang của cơ quan
public-print = Bản in
public-photos = Ảnh
public-photo = Ảnh
public-media =
    { $media ->
        [video] Phim
        [audio] Âm thanh
       *[embed] Nội dung ở trang khác
    }
public-table = Bảng
public-corrections = Đính chính
public-corrections-about = Bài viết này đã được sửa sau khi phát hành:
public-correction-title = Tiêu đề trước đó: “{ $title }”.
public-correction-summary = Phần tóm tắt đã được sửa.
public-beside = Tin cùng chuyên mục
public-printed-from = Địa chỉ của bài viết: { $address }
public-printed-original = Bài gốc: { $address }

## Đăng ký và áp phích

public-subscribe-about = Chọn chuyên mục, quét mã bằng điện thoại hoặc mở đường dẫn. Tin mới đến ngay trong ứng dụng nhắn tin, miễn phí, và có thể dừng bất cứ lúc nào.
public-open-in = Mở { $platform }
public-code = Mã QR đăng ký chuyên mục “{ $topic }” trên { $platform }
public-poster = Áp phích
public-poster-of = Áp phích { $platform } của chuyên mục “{ $topic }”
public-poster-how = Áp phích vừa khổ giấy A4. Chọn in trong trình duyệt, hoặc tải tệp về.
public-unlinked = Trên { $platform }: tìm bot của { -publisher } trong ứng dụng.
public-poster-invites = Nhận tin trên { $platform }
public-poster-scan = Quét mã bằng máy ảnh hoặc ứng dụng { $platform }
public-poster-start = Chọn “Bắt đầu”, đọc thông báo và chọn đồng ý
public-poster-write = Nhắn: đăng ký { $topic }
public-poster-free = Miễn phí · Dừng bất cứ lúc nào

## Khi không có gì

public-refusal =
    { $kind ->
        [taken-down] Bài viết đã được gỡ
        [later] Trang đang bận
       *[gone] Không có trang này
    }
public-refusal-about =
    { $kind ->
        [taken-down] Cơ quan đã gỡ bài viết này, hoặc thời hạn của thông báo đã hết. Đề nghị không sử dụng nội dung đã nhận.
        [later] Vui lòng mở lại trang sau ít phút.
       *[gone] Địa chỉ không đúng, hoặc bài viết không còn được công bố.
    }
public-back-home = Về trang chủ

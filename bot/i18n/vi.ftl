# Văn bản tiếng Việt. -addressee và -addressee-start (đứng đầu câu) là cách xưng hô, -publisher là tên cơ quan;
# cả ba do cấu hình đặt.

## Bản chạy thử

test-only = Đây là hệ thống chạy thử nên chưa phục vụ { $chat }; đề nghị người phụ trách bot bổ sung mã số này vào danh sách chạy thử nếu cần.
test-only-elsewhere = Hệ thống đang chạy thử: { $count } tin nhắn cho người hoặc nhóm không có trong danh sách chạy thử đã không được gửi.

## Thẻ tin

card-date-minute = { $weekday }, { $date } | { $time }
card-date-day = { $weekday }, { $date }
weekday =
    { $day ->
        [1] Thứ Hai
        [2] Thứ Ba
        [3] Thứ Tư
        [4] Thứ Năm
        [5] Thứ Sáu
        [6] Thứ Bảy
       *[7] Chủ nhật
    }
weekday-inside =
    { $day ->
        [1] thứ Hai
        [2] thứ Ba
        [3] thứ Tư
        [4] thứ Năm
        [5] thứ Sáu
        [6] thứ Bảy
       *[7] Chủ nhật
    }
date = { NUMBER($day, minimumIntegerDigits: 2) }/{ NUMBER($month, minimumIntegerDigits: 2) }/{ $year }
moment = { $time } ngày { $date }
time-of-day =
    { $minutes ->
        [0] { $hour } giờ
       *[other] { $hour } giờ { NUMBER($minutes, minimumIntegerDigits: 2) } phút
    }
span-of-hours = từ { $begin } đến { $end }
card-attachments =
    { $count ->
        [1] Tệp kèm theo: { $names }
       *[other] { $count } tệp kèm theo: { $names }
    }
card-document-issued = ban hành { $date }
card-document-effective = hiệu lực từ { $date }
card-document-signer = người ký: { $name }
digest-title = 📰 Bản tin ngày { $date } của { -publisher }: { $count } bài mới
# Một lần mỗi tháng, khi có tin lẽ ra được gửi ngay.
digest-ration = Số tin nhắn gửi ngay trong mỗi ngày có hạn; khi đã hết, tin được gộp vào bản tin như thế này.
digest-tap = Vui lòng chọn nút có số thứ tự để đọc hoặc lưu bài ngay tại đây.
digest-number = Để đọc một bài, vui lòng gửi số của bài.
digest-number-group = Để đọc một bài, vui lòng trả lời tin này bằng số của bài, hoặc nhắc tên bot kèm số.
card-open = 🔗 Xem trang web
# Nơi không sửa được tin đã gửi: một tin nhắn riêng.
correction-note = ✏️ { -publisher } đã đính chính bài “{ $title }”.
correction-title = Tiêu đề mới:
correction-summary = Tóm tắt mới: { $summary }
correction-files =
    Tệp đính kèm: { $removed ->
        [0] thêm { $added } tệp.
       *[other]
            { $added ->
                [0] bỏ { $removed } tệp.
               *[other] thêm { $added } tệp, bỏ { $removed } tệp.
            }
    }
correction-photo = Ảnh của bài viết đã được thay.
card-corrected = Đính chính { $moment }: { $changes }
corrected-part =
    { $part ->
        [title] đổi tiêu đề
        [summary] đổi tóm tắt
       *[photo] thay ảnh
    }
corrected-added = thêm { $count } tệp
corrected-removed = bỏ { $count } tệp
removal-note = ❌ { -publisher } đã gỡ bài “{ $title }”. Đề nghị không sử dụng nội dung đã nhận.
ending-note = ⌛ Thông báo “{ $title }” của { -publisher } đã hết hạn.
card-ended = ⌛ (Đã hết hạn) { $title }
card-withdrawn = Bài viết đã được cơ quan gỡ bỏ.

## Chào hỏi và sự đồng ý

start-title = Xin chào { -addressee }!
start-about =
    Đây là hệ thống thông báo tự động (bot) của { -publisher }. Khi có bài viết mới thuộc chuyên mục mà { -addressee } đã chọn, bot sẽ gửi tiêu đề, tóm tắt, ảnh và đường dẫn đến bài viết.
start-subscribed = { -addressee-start } đang nhận tin của { $count } chuyên mục: { $topics }.
start-choose = { -addressee-start } chưa đăng ký chuyên mục nào. Vui lòng chọn “Chuyên mục” để bắt đầu.
start-identity = Mã số của { -addressee }: { $user } (chỉ cần khi được chỉ định làm quản trị viên)
consent-title = Đề nghị đồng ý cho xử lý dữ liệu cá nhân
consent-controller =
    Bên kiểm soát dữ liệu cá nhân: { -publisher }. Mục đích: gửi tin theo chuyên mục { -addressee } chọn.
consent-data =
    Dữ liệu được lưu: mã số của cuộc trò chuyện này; ngôn ngữ; chuyên mục đã đăng ký hoặc được mời vào (có thể là dữ liệu cá nhân nhạy cảm); thời điểm và cách nhận tin; cách xưng hô; từ ngữ của bộ lọc nếu có; các bài { -addressee } tự lưu, các trang { -addressee } theo dõi; thời điểm đồng ý; ghi chú của quản trị viên khi mời hoặc chỉ định (nếu có); danh sách tin đã gửi (giữ { $days } ngày). Ngoài ghi chú đó, bot không lưu họ tên, số điện thoại và không theo dõi việc đọc tin; nội dung tin nhắn gửi cho bot được xóa ngay sau khi xử lý xong. Tin được chuyển qua { $platform }{ $abroad ->
        [yes] , là ứng dụng có máy chủ ở nước ngoài.
       *[no] .
    }
consent-question =
    { -addressee-start } có đồng ý nhận tin và cho xử lý các dữ liệu nêu trên không? Việc đồng ý là tự nguyện. Bất cứ lúc nào, { -addressee } có thể dừng nhận tin (/huy), xem dữ liệu (/dulieu), rút lại sự đồng ý và xóa dữ liệu (/xoadulieu). Các quyền khác: /quyenriengtu.
consent-renewal =
    Nội dung về dữ liệu cá nhân mà { -addressee } đã đồng ý trước đây nay được bổ sung. Tin vẫn được gửi như cũ; mong { -addressee } xem lại và cho biết ý kiến.
consent-thanks = Trân trọng cảm ơn { -addressee } đã đồng ý nhận tin.
consent-declined =
    Khi chưa có sự đồng ý, bot sẽ không gửi tin. Bất cứ lúc nào, { -addressee } có thể gửi /dangky để đăng ký hoặc /moinhat để xem tin mới nhất.
button-agree = ✅ Đồng ý nhận tin
button-decline = Để sau

## Giới thiệu của bot

# Ứng dụng nhắn tin hiển thị trước khi bắt đầu trò chuyện và trên trang của bot; tối đa 512 và 120 ký tự.
bot-description = Hệ thống thông báo tự động của { -publisher }. Bot gửi tin mới theo các chuyên mục do người dùng lựa chọn, gửi ngay khi có tin hoặc gộp thành bản tin theo giờ đã chọn; có thể tìm và đọc các bài đã đăng. Vui lòng chọn “Bắt đầu” để trò chuyện.
bot-short-description = Thông báo tin mới của { -publisher }.

## Chuyên mục và đăng ký

subscribe-title = Đăng ký nhận tin
topics-title = Các chuyên mục
topics-choose = Vui lòng chọn chuyên mục để đăng ký hoặc hủy đăng ký. Các chuyên mục đang nhận tin có dấu ✅.
topics-marks = Dấu ⏰: tin được gộp lại, gửi một lần vào giờ đã chọn. Dấu 🔍: tin được lọc theo từ ngữ đã chọn. Để thay đổi, vui lòng chọn “Cài đặt”.
topic-pace =
    { $unit ->
        [day] Khoảng { $count } bài mỗi ngày
        [week] Khoảng { $count } bài mỗi tuần
       *[month] Khoảng { $count } bài mỗi tháng
    }
topics-none = Hiện chưa có chuyên mục nào.
topics-paused = Việc gửi tin đến đây đang tạm dừng theo quyết định của quản trị viên; lựa chọn vẫn được ghi nhận.
subscribed =
    Đăng ký thành công. { $private ->
        [yes] { -addressee-start } sẽ nhận tin mới của: { $topics }. Bất cứ lúc nào, { -addressee } có thể gửi /huy để dừng nhận tin.
       *[no] Nhóm sẽ nhận tin mới của: { $topics }. Bất cứ lúc nào, quản trị viên của nhóm có thể gửi /huy để dừng nhận tin.
    }
subscribed-daily = Tin được gộp thành một bản tin, gửi hằng ngày lúc { $hour } giờ. Có thể đổi bằng cách gõ, ví dụ “cài đặt 19h” hoặc “ngay khi có tin”.
subscribed-toast = Đã đăng ký: { $topic }
subscribed-all-toast = Đã đăng ký tất cả chuyên mục
unsubscribed-toast = Đã hủy đăng ký: { $topic }
unsubscribed-title = Đã hủy đăng ký
unsubscribed = Từ bây giờ, bot sẽ không gửi đến đây tin mới của: { $topics }.
stop-topic-question = { -addressee-start } muốn dừng nhận tin chuyên mục “{ $topic }”? Các chuyên mục khác không thay đổi.
button-stop-topic = Dừng nhận tin chuyên mục này
unsubscribe-nothing = Hiện không có chuyên mục nào được đăng ký tại đây.
undone = Đã đăng ký lại: { $topics }.
topic-unknown = Không tìm thấy chuyên mục “{ $words }”. Vui lòng chọn một mục dưới đây.
topic-gone = Chuyên mục này không còn nữa.
button-all = Đăng ký tất cả
button-none = Hủy đăng ký tất cả
button-undo = ↩️ Đăng ký lại

## Tin mới nhất

latest-none = Hiện chưa có tin nào. Khi có tin mới, bot sẽ gửi đến những nơi đã đăng ký.
latest-none-today = Hôm nay chưa có tin mới. Dưới đây là những tin gần đây nhất.
latest-end = Đã hết tin.
latest-most = Mỗi lần, bot gửi nhiều nhất { $most } bài; để xem tiếp, vui lòng chọn “Xem thêm tin cũ hơn” dưới bài cuối cùng.
button-more = Xem thêm tin cũ hơn

## Tìm kiếm

search-how =
    Vui lòng gửi từ cần tìm, ví dụ: `{ $command } sở hữu trí tuệ`. Có thể gõ không dấu.
    Để tìm chính xác hơn:
    • đặt cụm từ trong ngoặc kép: `{ $command } “Đảng ủy”`
    • thêm thời gian: `{ $command } hội nghị tháng 8/2017`, `năm 2017` hoặc `từ 01/08/2017 đến 31/08/2017`
    • thêm tên chuyên mục ở cuối: `{ $command } hội nghị chuyên mục: trong nước`
search-help = Để xem hướng dẫn sử dụng, vui lòng gửi `{ $command }`.
search-free-none = Rất tiếc, bot không tìm thấy bài viết nào có các từ này. Đây là hệ thống thông báo tự động, không có người trực trả lời. { -addressee-start } có thể gửi ít từ hơn để tìm lại hoặc chọn một mục dưới đây.
search-found =
    { $more ->
        [yes] Tìm thấy hơn { $count } bài viết; dưới đây là những bài phù hợp nhất.
       *[no] Tìm thấy { $count } bài viết.
    }
search-page = Trang { $page }/{ $pages }
search-tap = Vui lòng chọn số thứ tự để xem bài.
search-none = Không tìm thấy bài viết nào. Vui lòng dùng ít từ hơn hoặc bỏ bớt điều kiện về thời gian, chuyên mục.
article-no-number = Không có bài số { $number }. Bài số 1 là bài mới nhất.
search-no-such-date = Không có ngày “{ $date }”. Vui lòng kiểm tra lại ngày, tháng, năm.
article-gone = Bài viết này không còn được lưu.
button-search = 🔎 Tìm kiếm

## Đọc toàn văn

article-author = Tin, bài: { $name }
article-source = Nguồn: { $name }
page-author = { -publisher }
article-attachments =
    { $count ->
        [1] Tệp kèm theo:
       *[other] { $count } tệp kèm theo:
    }
table-name = Bảng { $number }
table-name-captioned = Bảng { $number }. { $caption }
table-below = { $name } (xem ngay bên dưới)
table-more = Bảng còn nhiều hàng nữa; vui lòng xem tiếp trên trang web.
whole-text-read-on = Đọc tiếp trên trang web
read-in-private = Để không làm gián đoạn trao đổi của nhóm, toàn văn bài “{ $title }” được đọc trong cuộc trò chuyện riêng với bot. Vui lòng chọn “Đọc toàn văn” dưới đây.
ask-in-private = Để không làm gián đoạn trao đổi của nhóm, toàn văn và ảnh của bài “{ $title }” được xem trong cuộc trò chuyện riêng với bot hoặc trên trang web.
read-corrected = Bài viết vừa được sửa nên bot gửi lại từ đầu.
button-read = 📖 Đọc toàn văn
button-listen = 🔊 Nghe bài
voice-coming = Đang đọc bài thành tiếng…
voice-failed = Chưa đọc được bài này thành tiếng. Vui lòng thử lại sau hoặc xem toàn văn.
voice-none = Tại đây chưa có phần nghe bài.
voice-in-private = Để không làm gián đoạn trao đổi của nhóm, bài “{ $title }” được nghe trong cuộc trò chuyện riêng với bot.
voice-unwelcome = Telegram đang được đặt để không nhận tin nhắn thoại nên bot chưa gửi được phần nghe bài.
voice-rest-in-text = Phần còn lại của bài, mời xem toàn văn
photos-coming = Đang tải ảnh…
photos-on-page = Ở đây bot chưa gửi được ảnh. Vui lòng xem ảnh trên trang web.
photos-none = Bài viết này không có ảnh.
photos-lacking =
    { $count ->
        [1] Có một ảnh không tải được; vui lòng xem trên trang web.
       *[other] Có { $count } ảnh không tải được; vui lòng xem trên trang web.
    }
photos-more = Bài viết còn { $count } ảnh nữa.
photos-in-private = Để không làm gián đoạn trao đổi của nhóm, ảnh của bài “{ $title }” được xem trong cuộc trò chuyện riêng với bot. Vui lòng chọn “Xem ảnh” dưới đây.
button-photos = 🖼 Xem ảnh ({ $count })
saved-title = Các bài đã lưu
saved-none = { -addressee-start } chưa lưu bài viết nào. Để đọc lại khi cần, vui lòng chọn “Lưu bài” dưới một bài viết.
saved-count = Số bài: { $count }
saved-tap = Vui lòng chọn số thứ tự để mở bài, chọn 🗑 để bỏ bài khỏi danh sách.
saved-full = Danh sách đã đủ { $count } bài. Vui lòng bỏ bớt bài cũ trước khi lưu thêm.
saved-needs-consent = Để lưu bài viết, bot cần giữ một số dữ liệu của { -addressee }.
button-saved = 🔖 Bài đã lưu
saved-toast = Đã lưu: “{ $title }”. Gửi /daluu để xem lại.
unsaved-toast = Đã bỏ lưu
button-save = 🔖 Lưu bài
button-unsave = 🔖 Đã lưu (chọn để bỏ)
follow-title = Các trang đang theo dõi
follow-none = { -addressee-start } chưa theo dõi trang nào.
follow-count = Số trang: { $count } (tối đa { $most })
follow-until = Theo dõi đến { $moment }
follow-tap = Vui lòng chọn 🗑 và số thứ tự để thôi theo dõi.
follow-how = Để theo dõi một trang của cơ quan (biểu phí, thủ tục, biểu mẫu, bài viết), vui lòng gửi lệnh kèm địa chỉ của trang, ví dụ: `/theodoi dia-chi-cua-trang`; hoặc kèm số thứ tự của bài mới, ví dụ: `/theodoi 1`. Bot xem lại mỗi trang một ngày một lần và chỉ báo khi nội dung thay đổi.
follow-full = { -addressee-start } đang theo dõi đủ { $count } trang. Vui lòng gửi /theodoi để thôi theo dõi bớt trang cũ.
follow-not-ours = Bot chỉ theo dõi được các trang trên trang web có tin được gửi qua bot này. Vui lòng kiểm tra lại địa chỉ.
follow-no-page = Bài viết này không có trang web để theo dõi.
follow-needs-consent = Để theo dõi trang, bot cần giữ một số dữ liệu của { -addressee }. Sau khi đồng ý, vui lòng chọn hoặc gửi lại.
followed-now = Bot đã bắt đầu theo dõi: { $title }. Khi trang thay đổi, bot sẽ báo cho { -addressee }, mỗi ngày không quá một lần, trong một năm. Gửi /theodoi để xem hoặc thôi theo dõi.
followed-toast = Đang theo dõi: “{ $title }”. Gửi /theodoi để xem.
followed-on-toast = Bot tiếp tục theo dõi trang này thêm một năm
unfollowed-toast = Đã thôi theo dõi
button-follow-article = 🔔 Theo dõi bài này
button-follow-on = 🔔 Theo dõi tiếp
button-unfollow = 🔕 Thôi theo dõi
followed-changed = 🔔 Trang { -addressee } theo dõi đã thay đổi: “{ $title }”
followed-line =
    { $kind ->
        [added] ➕ Thêm: { $now }
        [removed] ➖ Bỏ: { $before }
       *[changed] ✏️ Sửa: “{ $before }” → “{ $now }”
    }
followed-more = Ngoài ra còn { $count } thay đổi khác; vui lòng mở trang để xem.
followed-ended =
    { $why ->
        [gone] Trang “{ $title }” không còn trên trang web của cơ quan. Bot thôi theo dõi trang này.
        [unreadable] Bot không đọc được trang “{ $title }” nên thôi theo dõi trang này.
       *[over] Đã hết một năm theo dõi trang “{ $title }”. Bot thôi theo dõi trang này; nếu cần, vui lòng chọn “Theo dõi tiếp”.
    }
button-read-on = Đọc tiếp ({ $page }/{ $pages }) ›

## Hướng dẫn

help-title = Hướng dẫn sử dụng
help-commands =
    /dangky – đăng ký nhận tin theo chuyên mục
    /huy – dừng nhận tin ngay
    /chuyenmuc – xem và chọn chuyên mục
    /moinhat – xem tin mới nhất, ví dụ: `tin mới 5`
    /timkiem – tìm bài viết, ví dụ: `tìm sáng chế`
    /toanvan – đọc toàn văn bài mới nhất hoặc bài cần tìm, ví dụ: `toàn văn sáng chế`
    /xemanh – xem các ảnh của bài mới nhất hoặc của bài cần tìm
    /daluu – xem các bài đã lưu
    /theodoi – theo dõi một bài viết hoặc một trang của cơ quan, xem các trang đang theo dõi
    /caidat – chọn thời điểm nhận tin, giờ yên lặng, bộ lọc, cách hiển thị, ví dụ: `cài đặt hằng ngày 7h`
    /ngonngu – đổi ngôn ngữ
    /trogiup – xem hướng dẫn này
help-commands-group =
    /dangky – đăng ký nhận tin theo chuyên mục
    /huy – dừng nhận tin ngay
    /chuyenmuc – xem và chọn chuyên mục
    /moinhat – xem tin mới nhất, ví dụ: `/moinhat 5`
    /timkiem – tìm bài viết, ví dụ: `/timkiem sáng chế`
    /toanvan – đọc toàn văn trong cuộc trò chuyện riêng, ví dụ: `/toanvan sáng chế`
    /xemanh – xem ảnh trong cuộc trò chuyện riêng
    /caidat – chọn thời điểm nhận tin, giờ yên lặng, bộ lọc, cách hiển thị, ví dụ: `/caidat hằng ngày 7h`
    /ngonngu – đổi ngôn ngữ
    /quyenriengtu – xem chính sách bảo vệ dữ liệu cá nhân
    /trogiup – xem hướng dẫn này
help-data =
    /dulieu – xem dữ liệu đang được lưu
    /xoadulieu – xóa toàn bộ dữ liệu
    /quyenriengtu – xem chính sách bảo vệ dữ liệu cá nhân
help-typing = { -addressee-start } có thể gõ như khi nói, không cần dấu gạch chéo và không cần dấu tiếng Việt, ví dụ: `có tin gì mới không`, `dang ky`, `dừng nhận tin`, `mỗi sáng 7 giờ`. Những từ ngữ khác được dùng để tìm bài viết.
help-group =
    { $kept ->
        [yes] Chỉ người phụ trách tin của nhóm mới thay đổi được chuyên mục mà nhóm nhận. Trong nhóm, bot chỉ nhận được tin nhắn có nhắc tên bot hoặc trả lời tin của bot.
       *[no] Chỉ quản trị viên của nhóm mới thay đổi được chuyên mục mà nhóm nhận.
    }
help-admin = Dành cho quản trị viên của bot:
help-managing =
    { $command ->
        [channels] /kenh – quản lý kênh và nhóm
        [feeds] /nguon – xem tình trạng các nguồn tin
        [failures] /loi – xem tin không gửi được và gửi lại
        [invitations] /moi – mời thành viên vào chuyên mục riêng
        [support] /nguoinhan – xem đăng ký và tin đã gửi của một người nhận; hủy đăng ký hoặc xóa dữ liệu theo yêu cầu của họ
        [approvals] /choduyet – duyệt, hẹn giờ hoặc từ chối bài chờ duyệt
        [announce] /thongbao – soạn và phát hành thông báo
        [publications] /tinphathanh – dừng, gửi tiếp hoặc thu hồi một bài viết
        [pause] /tamdung – tạm dừng gửi tin của một chuyên mục, một tài khoản hoặc toàn bộ
        [figures] /thongke – xem số liệu gửi tin và đăng ký theo ngày
        [admins] /admin – chỉ định và gỡ quản trị viên
        [console] /bangdieukhien – nhận liên kết mở bảng điều khiển trên trình duyệt
       *[audit] /nhatky – xem ai đã làm gì, khi nào
    }
hint =
    Bot chưa hiểu nội dung này. Đây là hệ thống tự động, không có người trực trả lời. Vui lòng chọn một mục dưới đây hoặc gửi /trogiup để xem hướng dẫn.
let-go = Vâng, bot không chờ nữa. Vui lòng chọn một mục dưới đây khi cần.
welcome = Rất hân hạnh được phục vụ { -addressee }.
spoken =
    { $command ->
        [search] tìm
        [settings] cài đặt
       *[help] trợ giúp
    }
button-stop = 🔕 Dừng nhận tin
button-topics = 📋 Chuyên mục
button-latest = 📰 Tin mới nhất
button-help = Hướng dẫn
command =
    { $command ->
        [start] Giới thiệu hệ thống thông báo
        [subscribe] Đăng ký nhận tin
        [unsubscribe] Dừng nhận tin
        [topics] Xem và chọn chuyên mục
        [latest] Xem tin mới nhất
        [search] Tìm bài viết
        [read] Đọc toàn văn một bài viết
        [photos] Xem ảnh của một bài viết
        [saved] Xem các bài đã lưu
        [follow] Theo dõi trang của cơ quan
       *[help] Hướng dẫn sử dụng
        [settings] Giờ nhận tin, giờ yên lặng, bộ lọc
        [language] Đổi ngôn ngữ (Change language)
        [data] Xem dữ liệu đang được lưu
        [erase] Xóa toàn bộ dữ liệu
        [privacy] Chính sách bảo vệ dữ liệu cá nhân
        [feeds] Quản trị: tình trạng các nguồn tin
        [channels] Quản trị: kênh và nhóm
        [failures] Quản trị: tin không gửi được
        [invitations] Quản trị: lời mời và thành viên
        [support] Quản trị: hỗ trợ một người nhận
        [approvals] Quản trị: duyệt bài trước khi phát hành
        [announce] Quản trị: soạn và phát hành thông báo
        [publications] Quản trị: dừng, gửi tiếp, thu hồi bài viết
        [pause] Quản trị: tạm dừng việc gửi tin
        [admins] Quản trị: chỉ định và gỡ quản trị viên
        [audit] Quản trị: nhật ký quản trị
        [figures] Quản trị: số liệu gửi tin và đăng ký
        [console] Quản trị: mở bảng điều khiển trên trình duyệt
    }

## Ngôn ngữ

language-choose = Ngôn ngữ đang dùng: tiếng Việt. Vui lòng chọn ngôn ngữ. / Please choose a language.
language-set = Đã chuyển sang tiếng Việt.
language-name = Tiếng Việt

## Trả lời chung

only-group-administrators = Chỉ quản trị viên của nhóm mới thay đổi được mục này.
keeper-title = Ai phụ trách tin của nhóm này?
keeper-why = { $platform } không cho bot biết ai là quản trị viên của nhóm. Vì vậy, người xác nhận trước tiên sẽ là người phụ trách tin của nhóm: chỉ người này và quản trị viên của bot được chọn chuyên mục, giờ nhận tin và dừng gửi tin vào nhóm.
keeper-stored = Nếu { -addressee } nhận phụ trách, bot lưu mã số { $platform } của { -addressee } và thời điểm nhận, không lưu họ tên. { -addressee-start } có thể bàn giao hoặc thôi phụ trách trong /caidat của nhóm; lệnh /xoadulieu trong cuộc trò chuyện riêng với bot cũng xóa mã số này.
keeper-taken = { -addressee-start } đã nhận phụ trách tin của nhóm này. Vui lòng chọn chuyên mục mà nhóm muốn nhận.
keeper-declined = Vâng, bot không lưu gì. Khi có người muốn phụ trách, vui lòng gửi /dangky.
keeper-offered = Trong { $minutes } phút tới, thành viên đầu tiên gửi /dangky và xác nhận sẽ là người phụ trách mới. Cho đến lúc đó, người phụ trách hiện nay không thay đổi.
keeper-kept = Vâng, người phụ trách của nhóm vẫn như cũ.
keeper-release-question = Bot sẽ xóa mã số của người phụ trách. Các chuyên mục đã đăng ký vẫn được gửi vào nhóm; người xác nhận trước tiên sẽ là người phụ trách mới. { -addressee-start } có chắc chắn không?
keeper-released = Đã xóa mã số của người phụ trách. Nhóm chưa có người phụ trách mới; các chuyên mục đã đăng ký vẫn được gửi. Thành viên muốn phụ trách vui lòng gửi /dangky.
only-group-keeper = Chỉ người phụ trách tin của nhóm và quản trị viên của bot mới thay đổi được mục này.
button-keeper-take = Tôi nhận phụ trách
button-keeper-decline = Không nhận
button-keeper-offer = Bàn giao người phụ trách
button-keeper-release = Thôi phụ trách
button-keeper-release-sure = Đồng ý, xóa mã số
button-keeper-keep = Giữ người phụ trách như cũ
only-managers =
    { $role ->
        [owner] Chỉ người phụ trách bot mới dùng được lệnh này.
       *[admin] Chỉ quản trị viên của bot mới dùng được lệnh này.
    }
not-allowed = { -addressee-start } không có quyền thực hiện việc này.
private-only = Lệnh này chỉ dùng được trong cuộc trò chuyện riêng với bot.
busy = Hệ thống đang bận, vui lòng thử lại sau ít phút.
failed = Rất tiếc, hệ thống gặp lỗi nên chưa thực hiện được yêu cầu. Mong { -addressee } thông cảm và thử lại sau.
button-stale = Lựa chọn này không còn hiệu lực. Vui lòng gửi lại lệnh hoặc gửi /trogiup để xem hướng dẫn.
flood-notice = Bot nhận được quá nhiều yêu cầu trong thời gian ngắn nên tạm ngừng trả lời trong { $minutes } phút. Mong { -addressee } thông cảm; các lệnh /huy và /xoadulieu vẫn được thực hiện ngay.
menu-how = Để chọn, vui lòng gửi số tương ứng:
menu-how-on = Để chọn mục của tin này, vui lòng gửi số tương ứng:
menu-how-group = Để chọn, vui lòng trả lời tin này bằng số tương ứng, hoặc nhắc tên bot kèm số:
menu-ways-on = Cũng có thể gửi: `tin mới` · `chuyên mục` · `trợ giúp`
menu-ways-on-group = Cũng có thể trả lời tin này bằng: `/moinhat` · `/chuyenmuc` · `/trogiup`
menu-let-go = Nếu không cần nữa, vui lòng gửi: `thôi` · `/trogiup`
number-without-list = Bot không biết số { $number } thuộc danh sách nào. Vui lòng chọn nút có số thứ tự ở dưới danh sách hoặc gửi: `tìm { $number }` để tìm bài viết có số này.
number-for-question = Vui lòng chọn một nút ở dưới câu hỏi vừa gửi, hoặc trả lời “đồng ý” hoặc “không”.
menu-no-such-number = Danh sách vừa gửi không có số này. Vui lòng gửi một số từ { $first } đến { $last }.
button-back = ‹ Quay lại
button-cancel = Không, giữ nguyên

## Quản trị viên

admins-title = Quản trị viên của bot
admins-none = Chưa có quản trị viên nào được chỉ định.
admins-how =
    Để chỉ định, vui lòng gửi /admin kèm mã số và, nếu muốn, ghi chú về người đó, ví dụ: `quản trị { $example } Nguyễn Văn Nam`; bot sẽ hỏi vai trò. Người đó gửi “mã số” cho bot để biết mã số của mình. Để đổi vai trò hoặc gỡ quyền, vui lòng chọn tên.
admin-appointed = Đã chỉ định { $user } làm quản trị viên.
admin-already = { $user } đã là quản trị viên.
admin-dismissed = Đã gỡ quyền quản trị viên của { $user }.
admin-not-an-id = “{ $words }” không phải là mã số hợp lệ. Mã số có dạng { $example }; mã số của nhóm và kênh không dùng được ở đây.
admin-unknown = Chưa chỉ định { $user }: ứng dụng nhắn tin không biết mã số này. Người đó cần gửi /start cho bot trước.
admin-is-owner = { $user } là người phụ trách bot nên đã có mọi quyền quản trị.
admin-not-started = Người này chưa mở cuộc trò chuyện với bot; khi gửi /start, người này sẽ được báo về vai trò quản trị viên.
admin-line = { $user }: { $roles }, từ { $moment }
admin-gone = { $user } không còn là quản trị viên.
admin-confirm = Gỡ quyền quản trị viên của { $user }? Người này sẽ không dùng được các lệnh quản trị nữa.
role-owner = { -addressee-start } là người phụ trách bot này.
role-admin = { -addressee-start } là quản trị viên của bot này, với vai trò: { $roles }.
admin-welcome = { -addressee-start } đã được chỉ định làm quản trị viên của bot, với vai trò: { $roles }. Vui lòng gửi /trogiup để xem các lệnh quản trị.
admin-welcome-note = Người phụ trách bot ghi về { -addressee }: “{ $note }”. Ghi chú này được lưu cùng vai trò, hiển thị khi gửi /dulieu và được xóa khi thôi giữ vai trò.
appoint-question = Chỉ định { $user } làm quản trị viên với vai trò nào?
appoint-note = Ghi chú được lưu cùng vai trò; người được chỉ định xem được ghi chú. Khi gỡ quyền, ghi chú được xóa.
role-name =
    { $role ->
        [owner] người phụ trách bot
        [publisher] người duyệt tin
        [editor] biên tập viên
        [feeds] người phụ trách nguồn tin
       *[reader] người theo dõi
    }
role-about =
    { $role ->
        [publisher] Người duyệt tin: duyệt, dừng và thu hồi tin; quản lý kênh, nhóm và thành viên; hỗ trợ người nhận tin.
        [editor] Biên tập viên: xem và sửa tin trước khi phát hành; không duyệt tin.
        [feeds] Người phụ trách nguồn tin: khai báo và kiểm tra chuyên mục, nguồn tin.
       *[reader] Người theo dõi: chỉ xem tình trạng nguồn tin và tin không gửi được.
    }
admin-roles = Vai trò: { $roles }
admin-topics = Chuyên mục phụ trách: { $topics }
admin-topics-all = tất cả
admin-topics-how = Vai trò chỉ có hiệu lực với các chuyên mục được chọn. Người được giao một số chuyên mục không quản lý kênh và nhóm, vì mỗi nơi có thể nhận nhiều chuyên mục.
admin-since = Từ { $moment }
admin-needs-a-role = Cần ít nhất một vai trò; để gỡ hết, vui lòng chọn “Gỡ quyền quản trị”.
admin-needs-a-topic = Cần ít nhất một chuyên mục.
button-admin-topics = Chuyên mục phụ trách
button-every-topic = Tất cả chuyên mục
only-roles = Việc này dành cho: { $roles }. { -addressee-start } chưa được giao quyền này.
only-other-topics = Việc này thuộc chuyên mục mà { -addressee } chưa được giao phụ trách. Vui lòng liên hệ người phụ trách bot.
button-dismiss = Gỡ quyền quản trị: { $user }
button-dismiss-sure = Đồng ý gỡ quyền

## Kênh và nhóm

channel-hello =
    Xin chào! Đây là hệ thống thông báo tự động (bot) của { -publisher }. Quản trị viên của nhóm vui lòng gửi /dangky để chọn chuyên mục mà nhóm muốn nhận tin; bot không trả lời các trao đổi khác trong nhóm.
group-hello =
    Xin chào! Đây là hệ thống thông báo tự động (bot) của { -publisher }. Để nhóm nhận tin, vui lòng nhắc tên bot kèm /dangky và chọn chuyên mục; bot không trả lời các trao đổi khác trong nhóm.
channel-added =
    Bot vừa được thêm vào { $kind ->
        [channel] kênh
       *[group] nhóm
    } “{ $title }” (người thêm có mã số { $user }).
channel-added-others = Trước đó người này còn thêm bot vào { $count } nơi khác mà chưa có thông báo; vui lòng gửi /kenh để xem.
channel-added-by-you =
    Bot đã được thêm vào { $kind ->
        [channel] kênh
       *[group] nhóm
    } “{ $title }”.
channel-choose = Vui lòng chọn các chuyên mục cần gửi đến đó.
channel-cannot-write = Bot chưa được phép đăng bài tại đó. Vui lòng cấp cho bot quyền đăng bài.
channels-title = Kênh và nhóm
channels-none = Chưa có kênh hoặc nhóm nào.
channels-choose = Vui lòng chọn một kênh hoặc nhóm để quản lý.
channel-kind =
    { $kind ->
        [channel] Kênh
       *[group] Nhóm
    }
channel-status =
    Trạng thái: { $status ->
        [active] đang gửi tin
        [idle] sẵn sàng, chờ chọn chuyên mục
        [waiting] chưa gửi tới được, chờ có tin nhắn mới tại đó
        [paused] tạm dừng
       *[off] đã dừng do bot không còn quyền đăng bài tại đó
    }
channel-topics = Chuyên mục: { $topics }
channel-no-topics = Chuyên mục: chưa chọn
channel-ask-name =
    Vui lòng gửi tên của kênh hoặc nhóm, ví dụ: @tenkenh. Trước đó, cần thêm bot làm quản trị viên của kênh với quyền đăng bài.
channel-join =
    Để bot gửi tin cho một nhóm, trưởng nhóm mở { $link } và xác nhận. Sau đó, một thành viên nhắc tên bot trong nhóm kèm /dangky rồi đồng ý: người đó phụ trách tin của nhóm, và nhóm được hiển thị tại đây.
channel-join-closed = Ứng dụng nhắn tin hiện chưa cho phép bot này tham gia nhóm; tin chỉ được gửi trong cuộc trò chuyện riêng.
channel-private = Kênh hoặc nhóm riêng tư không có tên như vậy: chỉ cần thêm bot vào đó, bot sẽ tự báo lại tại đây để chọn chuyên mục.
channel-not-found =
    Không tìm thấy kênh hoặc nhóm “{ $name }”. Vui lòng kiểm tra lại tên và bảo đảm bot đã được thêm vào đó.
channel-missing-rights = Tại “{ $title }”, bot còn thiếu quyền: { $rights }. Vui lòng cấp quyền rồi chọn “Kiểm tra lại”.
channel-missing-photos = Bot chưa có quyền gửi ảnh tại đó; tin sẽ được gửi không kèm ảnh.
right =
    { $right ->
        [post] đăng bài
       *[photos] gửi ảnh
    }
channel-verified = Đã kiểm tra: bot có đủ quyền tại “{ $title }”.
channel-gone = Kênh hoặc nhóm này không còn trong danh sách.
channel-test-sent = Đã gửi tin thử.
channel-test = Đây là tin thử của { -publisher }. Nếu đọc được tin này thì nơi đây đã sẵn sàng nhận tin.
channel-paused-toast = Đã tạm dừng gửi tin
channel-resumed-toast = Đã tiếp tục gửi tin
channel-refused-toast = Đã từ chối; bot sẽ không gửi tin đến đó
channel-remove-confirm =
    { $count ->
        [0] Gỡ “{ $title }” khỏi danh sách? Nơi này chưa nhận chuyên mục nào.
       *[other] Gỡ “{ $title }” khỏi danh sách? Bot sẽ không gửi tin của { $count } chuyên mục đến đó nữa.
    }
channel-thread = Chủ đề số { $number }
channel-thread-topics = Chủ đề số { $number } nhận: { $topics }
channel-test-mark = (Tin thử)
channel-test-shown = Trên đây là tin thử, mới chỉ gửi cho { -addressee }. Có thể gửi tin này đến “{ $title }” để kiểm tra.
channel-removed-toast = Đã gỡ khỏi danh sách
button-add-channel = ➕ Thêm kênh hoặc nhóm
button-check-again = Kiểm tra lại
button-test-here = Gửi thử cho tôi
button-test-there = Gửi thử đến “{ $title }”
button-add-to-channel = Thêm bot vào kênh
button-add-to-group = Thêm bot vào nhóm
button-pause = ⏸ Tạm dừng
button-resume = ▶️ Tiếp tục
button-remove = Gỡ bỏ
button-remove-sure = Đồng ý gỡ bỏ
button-refuse = Không cho phép
channel-label = { $title } ({ $count })

## Cài đặt

timing =
    { $timing ->
        [at_once] gửi ngay khi có tin
        [daily] bản tin hằng ngày lúc { $hour } giờ
       *[weekly] bản tin hằng tuần lúc { $hour } giờ { $weekday }
    }
filter = bộ lọc { $words }
quiet =
    { $mode ->
        [silent] Giờ yên lặng: { $hours }; tin được gửi không có âm báo
        [wait] Giờ yên lặng: { $hours }; tin được gửi khi hết giờ
       *[none] Giờ yên lặng: không đặt
    }
form =
    Âm báo: { $silent ->
        [yes] không
       *[no] có
    }
    Ảnh kèm theo: { $photo ->
        [yes] có
       *[no] không
    }
    Hình thức tin: { $brief ->
        [yes] ngắn gọn
       *[no] đầy đủ
    }
    Tin khẩn: { $urgent ->
        [yes] gửi ngay, kể cả trong giờ yên lặng
       *[no] gửi như các tin khác
    }
    Múi giờ: { $zone }
settings-title = Cài đặt
settings-topics = Chuyên mục đang nhận:
settings-no-topics = Chưa đăng ký chuyên mục nào nên chưa chọn được giờ nhận tin và bộ lọc. Vui lòng chọn “Chuyên mục” để đăng ký.
settings-choose = Vui lòng chọn mục cần thay đổi.
settings-how =
    Cũng có thể gõ, có dấu hoặc không dấu, ví dụ:
    • `{ $command } hằng ngày 7h`
    • `{ $command } thứ hai 8h`
    • `{ $command } giờ yên lặng từ 21h30 đến 6h`
    • `{ $command } lọc sáng chế −nhãn hiệu`
settings-form-how = Mỗi mục cho biết lựa chọn hiện tại; vui lòng chọn mục cần đổi.
settings-whole-text-how = Toàn văn bài viết có thể gửi trong một tin, có đề mục, ảnh và bảng tại chỗ. Cách này cần ứng dụng Telegram bản mới; ứng dụng cũ chỉ hiện lời đề nghị cập nhật.
settings-whole-text-none = Tại đây, toàn văn bài viết chỉ gửi được bằng các tin nhắn thông thường.
saved-quiet =
    { $mode ->
        [silent] giờ yên lặng { $hours }, tin được gửi không có âm báo
        [wait] giờ yên lặng { $hours }, tin được gửi khi hết giờ
       *[same] giờ yên lặng { $hours }
    }
saved-quiet-off = tắt giờ yên lặng
saved-switch =
    { $switch ->
        [silent] { $on ->
            [yes] tin được gửi không có âm báo
           *[no] tin được gửi có âm báo
        }
        [photo] { $on ->
            [yes] tin được gửi kèm ảnh
           *[no] tin được gửi không kèm ảnh
        }
        [brief] { $on ->
            [yes] tin ngắn
           *[no] tin đầy đủ
        }
        [whole_text] { $on ->
            [yes] toàn văn bài viết được gửi trong một tin, có ảnh và bảng tại chỗ
           *[no] toàn văn bài viết được gửi bằng các tin nhắn thông thường
        }
       *[urgent] { $on ->
            [yes] tin khẩn được gửi ngay
           *[no] tin khẩn được gửi như các tin khác
        }
    }
saved-zone = múi giờ { $zone }
saved-language = ngôn ngữ tiếng Việt
settings-impossible =
    { $problem ->
        [weekday] Không có thứ này trong tuần. Vui lòng chọn một ngày từ thứ Hai đến Chủ nhật.
        [same-hours] Giờ bắt đầu và giờ kết thúc phải khác nhau.
       *[hour] Không có giờ này trong ngày. Vui lòng chọn giờ từ 0 đến 23.
    }
settings-unclear = Bot chưa hiểu “{ $words }”.
settings-changed = ✅ Đã lưu cho { $topics }: { $what }.
settings-saved = ✅ Đã lưu: { $what }.
settings-whole-hours = Bản tin chỉ gửi được vào đúng đầu giờ, nên giờ gửi được đặt là { $hour } giờ.
settings-all-topics = Tất cả chuyên mục đã đăng ký
settings-topic-how = Vui lòng chọn thời điểm nhận tin. Khi chọn giờ, tin trong ngày được gộp thành một bản tin; khi chọn thêm thứ, bản tin được gửi mỗi tuần một lần.
settings-all-how = Lựa chọn dưới đây áp dụng cho mọi chuyên mục đã đăng ký.
settings-quiet-how = Trong giờ yên lặng, tin được gửi không có âm báo hoặc chờ đến hết giờ mới gửi.
settings-quiet-type = Có thể gõ giờ khác, ví dụ: `{ $command } giờ yên lặng từ 21h30 đến 6h`.
settings-zone-how = Múi giờ này dùng cho giờ yên lặng và giờ gửi bản tin.
settings-zone-type = Có thể gõ tên nơi khác, ví dụ: `{ $command } múi giờ Paris` hoặc `{ $command } múi giờ +7`.
settings-zone = Múi giờ hiện tại: { $zone }
settings-zone-unknown = Không tìm thấy múi giờ “{ $words }”.
settings-address-title = Cách xưng hô
settings-address = Bot đang xưng hô với người đọc là “{ $form }”.
settings-address-how = Vui lòng chọn cách xưng hô phù hợp.
settings-address-type = Cũng có thể gõ, ví dụ: `{ $command } xưng hô { $form }`.
saved-address = cách xưng hô “{ $form }”
filter-ask = Vui lòng gửi từ ngữ cần lọc cho: { $topics }
filter-ask-group = Vui lòng gõ lệnh kèm từ ngữ cần lọc, ví dụ: `{ $command } lọc { $topic }: sáng chế −nhãn hiệu`
filter-how =
    • Các từ đứng cạnh nhau là một cụm từ, ví dụ: `sáng chế`
    • Dùng dấu phẩy để nhận bài có một trong các cụm từ, ví dụ: `sáng chế, kiểu dáng`
    • Dùng dấu trừ để bỏ những bài có cụm từ đó, ví dụ: `−nhãn hiệu`
    Nếu gõ không dấu, bot tìm cả từ có dấu và không dấu; nếu gõ có dấu, bot chỉ tìm đúng từ đó.
filter-now = Bộ lọc hiện tại: { $words }
filter-tried =
    { $passed ->
        [0] { $count ->
            [1] Bài mới nhất không phù hợp với bộ lọc.
           *[other] Trong { $count } bài mới nhất, không có bài nào phù hợp với bộ lọc.
        }
       *[other] { $count ->
            [1] Bài mới nhất phù hợp với bộ lọc.
           *[other] Trong { $count } bài mới nhất, có { $passed } bài phù hợp với bộ lọc.
        }
    }
filter-try-commas = Nếu muốn nhận bài có một trong nhiều cụm từ, vui lòng đặt dấu phẩy giữa các cụm từ.
filter-dropped = nhận tất cả các bài
filter-fault =
    { $fault ->
        [empty] Bộ lọc chưa có từ nào.
        [too-long] Bộ lọc dài quá { $limit } ký tự.
        [too-many-phrases] Bộ lọc có quá { $limit } cụm từ.
        [phrase-too-long] Mỗi cụm từ có tối đa { $limit } từ. Vui lòng đặt dấu phẩy giữa các cụm từ.
       *[contradictory] Bộ lọc vừa yêu cầu vừa loại bỏ cùng một cụm từ nên không bài nào phù hợp.
    }
time-zone =
    { $zone ->
        [japan] Nhật Bản
        [korea] Hàn Quốc
        [taiwan] Đài Loan
        [singapore] Singapore
        [australia] Úc (Sydney)
        [russia] Nga (Moskva)
        [germany] Đức
        [czechia] Séc
        [britain] Anh
        [america-east] Hoa Kỳ, bờ Đông
        [america-west] Hoa Kỳ, bờ Tây
       *[vietnam] Việt Nam
    }
button-settings = ⚙️ Cài đặt
button-every-morning = Mỗi sáng { $hour } giờ
button-every-evening = Mỗi tối { $hour } giờ
button-at-once = Ngay khi có tin
button-daily = Hằng ngày
button-weekly = Hằng tuần
button-digest-now = 📬 Nhận ngay các tin đang chờ
digest-coming =
    { $count ->
        [0] Chưa có tin nào đang chờ
       *[other] Đang gửi { $count } tin đang chờ
    }
button-hour = { $hour }h
button-weekday =
    { $day ->
        [1] T2
        [2] T3
        [3] T4
        [4] T5
        [5] T6
        [6] T7
       *[7] CN
    }
button-filter = 🔍 Đặt bộ lọc
button-filter-change = 🔍 Đổi bộ lọc
button-filter-drop = Bỏ bộ lọc
button-all-topics = Áp dụng cho mọi chuyên mục
button-quiet = 🌙 Giờ yên lặng
button-zone = 🕰 Múi giờ
button-address = 🗣 Xưng hô: { $form }
button-address-usual = Theo mặc định
button-quiet-state =
    🌙 Giờ yên lặng: { $on ->
        [yes] đang bật
       *[no] đang tắt
    }
button-form = 🔔 Âm báo, ảnh, độ dài tin
button-quiet-mode =
    { $mode ->
        [silent] Gửi không âm báo
       *[wait] Chờ hết giờ
    }
button-quiet-begin = Từ { $hour } giờ
button-quiet-end = Đến { $hour } giờ
button-switch =
    { $switch ->
        [silent] 🔔 Âm báo: { $on ->
            [yes] không
           *[no] có
        }
        [photo] 🖼 Ảnh: { $on ->
            [yes] có
           *[no] không
        }
        [brief] 📝 Độ dài tin: { $on ->
            [yes] ngắn
           *[no] đầy đủ
        }
        [whole_text] 📖 Toàn văn: { $on ->
            [yes] một tin có ảnh, bảng
           *[no] tin thông thường
        }
       *[urgent] 🚨 Tin khẩn: { $on ->
            [yes] gửi ngay
           *[no] như tin khác
        }
    }
toast-saved = Đã lưu

## Lời mời và thành viên

invitations-title = Chuyên mục dành cho thành viên
invitations-choose = Vui lòng chọn chuyên mục để tạo lời mời hoặc xem thành viên.
invitations-no-topics =
    Chưa có chuyên mục nào dành riêng cho thành viên. Để tạo chuyên mục như vậy, vui lòng đề nghị người phụ trách kỹ thuật.
invitations-label = { $topic } ({ $count } thành viên)
invitations-open = Lời mời đang có hiệu lực:
invitations-none = Chưa có lời mời nào đang có hiệu lực.
invitations-how =
    Để tạo lời mời, vui lòng chọn thời hạn rồi chọn số người được mời. Cũng có thể gõ, ví dụ: `lời mời nội bộ 7 ngày 10 người` hoặc, kèm ghi chú về người được mời, `lời mời nội bộ cho anh Nam, phòng Đăng ký`. Người được mời xem được ghi chú này.
invitation-line = Số { $number }: còn { $left }/{ $most } lượt, có hiệu lực đến { $moment }
invitation-made = Lời mời số { $number }: { $topic }
invitation-note = Dành cho: { $note }
invitation-uses = Dùng được cho { $count } người, có hiệu lực đến { $moment }.
invitation-care =
    Bất kỳ ai có đường dẫn này đều vào được chuyên mục; vui lòng chỉ gửi cho đúng người. Vì lý do bảo mật, đường dẫn chỉ hiển thị một lần ở đây.
invitation-revoked = Đã thu hồi lời mời số { $number }
invitation-gone = Lời mời này đã hết hiệu lực từ trước
invitation-offer = { -addressee-start } được mời nhận tin của chuyên mục dành riêng cho thành viên: { $topic }.
invitation-void =
    Lời mời này không dùng được: đã hết hạn, đã đủ số người hoặc đã bị thu hồi. Vui lòng liên hệ người gửi để nhận lời mời mới.
members-title = Thành viên: { $topic }
members-none = Chưa có thành viên nào.
members-how = Thành viên được liệt kê theo ghi chú trong lời mời và mã số; bot không lưu họ tên nào khác. Khi bị gỡ, thành viên không nhận tin và không nhìn thấy chuyên mục nữa.
member-line = { $member } (từ { $moment })
member-confirm = Gỡ { $member } khỏi chuyên mục “{ $topic }”? Đăng ký và các tin đang chờ gửi sẽ bị hủy.
member-shut-out = Đã gỡ thành viên
member-gone = Người này không còn là thành viên
membership-ended = { -addressee-start } không còn là thành viên của chuyên mục “{ $topic }”; bot sẽ không gửi tin của chuyên mục này nữa.
button-invite-days = { $count } ngày
button-invite-uses = ➕ Mời { $count } người
button-revoke = Thu hồi lời mời số { $number }
button-members = 👥 Thành viên ({ $count })
button-shut-out = Gỡ thành viên { $member }
button-shut-out-sure = Đồng ý gỡ

## Số liệu

figures-title =
    { $weekly ->
        [yes] Số liệu tuần qua (từ { $since } đến { $till })
       *[no] Số liệu { $days } ngày (từ { $since } đến { $till })
    }
figures-agency = { -publisher } · từ { $since } đến { $till }
figures-nothing = Chưa có số liệu nào trong thời gian này.
figure =
    { $said ->
        [exactly] { $number }
        [few] < { $number }
       *[least] ≥ { $number }
    }
figures-released = Nội dung phát hành: { $number }
figures-sent = Tin đã gửi: { $number }
figures-corrected = Tin đính chính đã gửi: { $number }
figures-failed = Tin không gửi được: { $number }
figures-failed-reason =
    { $reason ->
        [chat-closed] nơi nhận không còn cho bot gửi tin: { $number }
        [topic-closed] chủ đề của nhóm đã bị đóng hoặc bị xóa: { $number }
        [message-refused] ứng dụng nhắn tin từ chối: { $number }
        [too-old] quá hạn: { $number }
        [given-up] tạm gác sau nhiều lần thử: { $number }
        [no-edits] không sửa được tin đã gửi: { $number }
       *[other] nguyên nhân khác: { $number }
    }
figures-subscribed = Lượt đăng ký mới: { $number }
figures-ended = Lượt đăng ký kết thúc: { $number }
figures-ended-reason =
    { $reason ->
        [unsubscribed] người nhận tự dừng: { $number }
        [removed] quản trị viên dừng cho kênh hoặc nhóm: { $number }
        [shut-out] không còn là thành viên: { $number }
        [erased] người nhận yêu cầu xóa dữ liệu: { $number }
        [dormant] lâu ngày không gửi được tin: { $number }
        [closed] chủ đề của nhóm đã đóng: { $number }
        [topic-ended] chuyên mục đã kết thúc: { $number }
       *[merged] hai nhóm nhập làm một: { $number }
    }
figures-waits = Thời gian từ khi ghi nhận bài đến khi ứng dụng nhắn tin nhận tin gửi ngay: một nửa số tin trong { $half }, 95% số tin trong { $most }, lâu nhất { $longest }.
figures-span =
    { $unit ->
        [seconds] { $count } giây
        [minutes] { $count } phút
        [hours] { $count } giờ
       *[days] { $count } ngày
    }
figures-topic = • { $topic }: phát hành { $released }, đã gửi { $delivered }, đăng ký mới { $subscribed }, kết thúc { $ended }
figures-more = … và { $count } chuyên mục khác
figures-few = Với chuyên mục riêng, số từ 1 đến 4 không nêu cụ thể mà ghi “< 5”; tổng có số như vậy ghi “≥”.
figures-usage = Vui lòng gửi số ngày từ 1 đến { $most }, ví dụ: `{ $command } 30`.
figures-chart =
    { $chart ->
        [news] { $days ->
            [1] Tin mỗi ngày
           *[other] Tin trong mỗi { $days } ngày
        }
       *[subscriptions] { $days ->
            [1] Lượt đăng ký mỗi ngày
           *[other] Lượt đăng ký trong mỗi { $days } ngày
        }
    }
figures-series =
    { $series ->
        [delivered] Đã gửi
        [corrected] Đính chính
        [failed] Không gửi được
        [subscribed] Đăng ký mới
       *[ended] Kết thúc
    }
figures-thousands = .
button-figures-days = { $days } ngày

## Hỗ trợ người nhận tin

support-how =
    Vui lòng gửi mã số của người hoặc nhóm cần hỗ trợ. Người nhận biết mã số của mình khi gửi “mã số” hoặc /dulieu cho bot. Mỗi lần xem đều được ghi vào nhật ký quản trị; nhật ký không ghi mã số này.
support-none = Bot không lưu dữ liệu nào về mã số này.
support-threads = Diễn đàn này có nhiều chủ đề nhận tin. Vui lòng chọn một chủ đề.
support-title =
    { $kind ->
        [private] Người nhận tin
        [channel] Kênh nhận tin
       *[group] Nhóm nhận tin
    }
support-deliveries = Các tin gần đây
support-no-deliveries = Chưa có tin nào gần đây.
support-delivery =
    • { $moment } – { $title } – { $status ->
        [sent] đã gửi
        [pending] đang chờ gửi
        [rejected] bị ứng dụng nhắn tin từ chối
        [expired] quá hạn
        [set_aside] tạm gác
       *[cancelled] không gửi
    }
support-confirm =
    { $step ->
        [erase] Xóa toàn bộ dữ liệu của { $chat } theo yêu cầu của chính người này? Dữ liệu bị xóa ngay và không thể khôi phục; bot sẽ không gửi tin nữa và chỉ giữ lại thời điểm xóa cùng một mã xác nhận đã mã hóa ({ $proofs } ngày).
        [topic] Hủy đăng ký chuyên mục “{ $topic }” của { $chat } theo yêu cầu của chính người này?
       *[all] Hủy mọi đăng ký của { $chat } theo yêu cầu của chính người này?
    }
support-unsubscribed = Đã hủy đăng ký theo yêu cầu.
support-not-subscribed = Nơi này không còn đăng ký như vậy.
support-told = Theo yêu cầu của { -addressee }, người hỗ trợ của { -publisher } đã dừng gửi tin thuộc: { $topics }. Nếu { -addressee } không yêu cầu, vui lòng gửi /dangky để đăng ký lại.
support-erased = Đã xóa toàn bộ dữ liệu theo yêu cầu.
support-erases-no-manager = Chưa xóa: người này là quản trị viên của bot. Người phụ trách bot cần gỡ quyền trước, hoặc người này tự gửi /xoadulieu.
button-support-topic = Hủy đăng ký: { $topic }
button-support-all = Hủy mọi đăng ký
button-support-erase = Xóa toàn bộ dữ liệu
button-support-thread = Chủ đề { $thread }
button-support-no-thread = Chủ đề chung
button-support-sure =
    { $step ->
        [e] Đồng ý xóa
       *[u] Đồng ý hủy đăng ký
    }

## Chuyên mục kết thúc hoặc được gộp

topic-merged = Chuyên mục “{ $topic }” của { -publisher } đã được gộp vào chuyên mục “{ $other }”. { -addressee-start } tiếp tục nhận tin tại đây; giờ nhận tin và bộ lọc không thay đổi. Để dừng nhận tin, vui lòng gửi /huy.
topic-ended = Chuyên mục “{ $topic }” của { -publisher } đã kết thúc, bot sẽ không gửi tin của chuyên mục này nữa. Trân trọng cảm ơn { -addressee } đã theo dõi.
topic-offered = { -addressee-start } có thể nhận tin của chuyên mục “{ $other }”: vui lòng gửi “/dangky { $other }”.
button-subscribe-instead = ✅ Đăng ký chuyên mục này

## Nhật ký quản trị

audit-title = Nhật ký quản trị
audit-none = Chưa có việc quản trị nào được ghi lại.
audit-line = • { $moment } – { $who }: { $what }
audit-who =
    { $place ->
        [api] giao diện lập trình ({ $user })
        [console] { $user } (bảng điều khiển)
        [cli] dòng lệnh ({ $user })
        [configuration] tệp cấu hình
        [service] hệ thống tự thực hiện
       *[chat] { $user }
    }
audit-what =
    { $action ->
        [admin-appointed] chỉ định quản trị viên { $about }
        [admin-noted] ghi chú về quản trị viên { $about }
        [admin-role-changed] đổi vai trò của quản trị viên { $about }
        [admin-dismissed] gỡ quyền của quản trị viên { $about }
        [quarantine-decided] quyết định về các bài đang giữ của nguồn “{ $about }”
        [feed-added] thêm nguồn tin “{ $about }”
        [feed-changed] thay đổi nguồn tin “{ $about }”
        [feed-removed] gỡ nguồn tin “{ $about }”
        [feed-paused] tạm dừng nguồn tin “{ $about }”
        [feed-resumed] tiếp tục nguồn tin “{ $about }”
        [feed-polled] yêu cầu kiểm tra ngay nguồn tin “{ $about }”
        [topic-added] thêm chuyên mục “{ $about }”
        [topic-changed] thay đổi chuyên mục “{ $about }”
        [topic-removed] gỡ chuyên mục “{ $about }”
        [topic-merged] gộp chuyên mục “{ $about }” vào chuyên mục khác
        [topic-ended] kết thúc chuyên mục “{ $about }”
        [invitation-made] tạo lời mời số { $about }
        [invitation-revoked] thu hồi lời mời số { $about }
        [member-removed] gỡ một thành viên khỏi chuyên mục “{ $about }”
        [content-published] công bố “{ $about }”
        [document-uploaded] tải lên tài liệu “{ $about }” cho một thông báo
        [announcement-proposed] đề nghị phát hành thông báo “{ $about }”
        [announcement-taken-back] thôi đề nghị phát hành thông báo “{ $about }”
        [announcement-dropped] bỏ bản thảo thông báo “{ $about }”
        [announcement-ended] kết thúc thông báo “{ $about }”
        [publication-approved] duyệt bài “{ $about }”
        [publication-rejected] từ chối bài “{ $about }”
        [publication-taken-back] hủy lịch phát hành bài “{ $about }”
        [publication-put-back] đưa bài “{ $about }” trở lại danh sách chờ duyệt
        [publication-asked-anew] trình duyệt lại bài “{ $about }” do nội dung thay đổi
        [publication-edited] sửa bài “{ $about }” trước khi phát hành
        [source-restored] khôi phục nguyên văn bài “{ $about }”
        [source-taken] lấy bài “{ $about }” theo trang nguồn
        [source-left] giữ bản đã sửa của bài “{ $about }”
        [publication-released] phát hành bài “{ $about }”
        [publication-stopped] dừng gửi bài “{ $about }”
        [publication-resumed] gửi tiếp bài “{ $about }”
        [publication-recalled] thu hồi bài “{ $about }”
        [publication-resent] gửi thêm bài “{ $about }”
        [paused] tạm dừng gửi tin: { $about }
        [unpaused] tiếp tục gửi tin: { $about }
        [channel-connected] kết nối kênh hoặc nhóm “{ $about }”
        [channel-topic-added] bật một chuyên mục tại “{ $about }”
        [channel-topic-removed] tắt một chuyên mục tại “{ $about }”
        [channel-set] thay đổi cài đặt tại “{ $about }”
        [channel-digest-brought] gửi ngay các tin đang chờ tại “{ $about }”
        [channel-paused] tạm dừng gửi tin đến “{ $about }”
        [channel-resumed] tiếp tục gửi tin đến “{ $about }”
        [channel-refused] từ chối gửi tin đến “{ $about }”
        [channel-tested] gửi tin thử đến “{ $about }”
        [channel-removed] gỡ kênh hoặc nhóm “{ $about }”
        [setting-changed] thay đổi cấu hình “{ $about }”
        [setting-reset] bỏ giá trị đã đặt của cấu hình “{ $about }”
        [api-key-created] tạo khóa truy cập “{ $about }”
        [api-key-revoked] thu hồi khóa truy cập “{ $about }”
        [deliveries-retried] gửi lại các tin không gửi được: “{ $about }”
        [chat-looked-up] xem đăng ký và tin đã gửi của { $about }
        [chat-unsubscribed] hủy đăng ký theo yêu cầu của { $about }
        [chat-erased] xóa dữ liệu theo yêu cầu của { $about }
        [console-link-made] tạo liên kết vào bảng điều khiển cho { $about }
        [console-entered] đăng nhập bảng điều khiển (phiên số { $about })
        [console-left] kết thúc phiên số { $about } của bảng điều khiển
       *[data-imported] nhập dữ liệu vào { $about }
    }
audit-every =
    { $kind ->
        [database] cơ sở dữ liệu
        [service] toàn bộ
        [deliveries] tất cả
        [chat] một nơi nhận tin
       *[feed] tất cả
    }
audit-change = { $name }: { $before } → { $after }
audit-value = { $name }: { $value }
audit-word =
    { $word ->
        [yes] có
        [no] không
        [none] không đặt
        [active] đang hoạt động
        [paused] tạm dừng
        [off] đã tắt
        [send] gửi
        [keep] không gửi
        [silent] gửi không âm báo
        [wait] chờ hết giờ yên lặng
        [at_once] ngay khi có tin
        [rejected] bị ứng dụng từ chối
        [expired] quá hạn
        [set_aside] gác lại
        [one] một người
        [two] hai người khác nhau
        [remind] nhắc lại
        [release] phát hành
        [drop] từ chối
        [configured] tệp cấu hình
        [added] cơ sở dữ liệu
       *[other] { $value }
    }
audit-state =
    { $state ->
        [awaiting] chờ duyệt
        [scheduled] đã hẹn giờ phát hành
        [rejected] đã từ chối
        [stopped] đã dừng gửi
        [recalled] đã thu hồi
        [ended] đã hết hạn
       *[released] đã phát hành
    }
audit-field =
    { $field ->
        [status] trạng thái
        [reason] lý do
        [state] tình trạng
        [value] giá trị
        [headline] tiêu đề
        [summary] tóm tắt
        [lead-photo] ảnh đại diện
        [decision] quyết định
        [release-at] giờ phát hành
        [approval] số người duyệt
        [unanswered] khi không có trả lời
        [unanswered-after] thời hạn trả lời (giây)
        [bytes] dung lượng tệp
        [entries] số bài đang giữ
        [sent] số bài được gửi
        [topic] chuyên mục
        [topics] các chuyên mục
        [roles] vai trò
        [scopes] các quyền
        [prefix] ký tự đầu
        [noted] có ghi chú
        [uses] số người
        [uses-left] số lượt còn lại
        [days] số ngày
        [deliveries] số lượt gửi
        [articles] số bài
        [url] địa chỉ
        [interval] chu kỳ (giây)
        [language] ngôn ngữ
        [quiet] giờ yên lặng
        [quiet-mode] trong giờ yên lặng
        [urgent] tin khẩn
        [silent] không âm báo
        [photo] kèm ảnh
        [brief] tin ngắn
        [time-zone] múi giờ
        [address] cách xưng hô
        [schedule] thời điểm nhận
        [filter] bộ lọc
        [members-only] chỉ dành cho thành viên
        [hashtag] thẻ
        [file] tệp
        [origin] nơi khai báo
        [rows] số dòng
       *[name] tên
    }

## Nguồn tin

feeds-title = Tình trạng các nguồn tin
feeds-none = Chưa có nguồn tin nào được cấu hình.
feed-topic = Chuyên mục: { $topic }
feed-last-poll = Kiểm tra gần nhất: { $moment }
feed-last-article = Tin mới gần nhất: { $moment }
feed-last-error = Lỗi gần nhất ({ $moment }): { $error }
feed-address = Địa chỉ: { $url }
feed-interval =
    { $unit ->
        [seconds] Chu kỳ kiểm tra: { $count } giây
        [hours] Chu kỳ kiểm tra: { $count } giờ
       *[minutes] Chu kỳ kiểm tra: { $count } phút
    }
feed-failures = Số lần lỗi liên tiếp: { $count }
feed-next-poll = Kiểm tra tiếp theo: { $moment }
feed-paused = Đang tạm dừng
feed-held = Đang giữ { $count } bài chờ quyết định (từ { $moment })
feed-unverified = Địa chỉ chưa được kiểm chứng: chưa có lần kiểm tra nào thành công
feed-never = chưa có
feed-queued = Đã yêu cầu kiểm tra ngay; kết quả sẽ được báo tại đây.
feed-not-polled = Nguồn tin này đang tạm dừng nên không được kiểm tra.
feed-gone = Nguồn tin này không còn nữa.
button-poll = 🔄 { $name }
feeds-how = Để kiểm tra ngay một nguồn tin, vui lòng chọn mục 🔄 mang tên nguồn đó.
button-refresh = Cập nhật

## Báo kết quả

poll-ended =
    { $count ->
        [0] Đã kiểm tra “{ $name }”: không có bài mới.
       *[other] Đã kiểm tra “{ $name }”: có { $count } bài mới.
    }
poll-held = Đang giữ { $count } bài chờ quyết định; vui lòng gửi /nguon để xem.
poll-failed = Chưa kiểm tra được “{ $name }”: { $error }.
poll-unheard = Sau { $minutes } phút, “{ $name }” vẫn chưa được kiểm tra xong; vui lòng gửi /nguon để xem tình trạng.
withdrawal-ended = Đã thu hồi { $sent }/{ $total } tin về bài “{ $title }”.
withdrawal-failed = { $count } tin không thu hồi được: { $reason }.
withdrawal-left = { $count } tin được giữ nguyên vì không thể thu hồi: tin nằm trong bản tin tổng hợp, hoặc nơi nhận không còn nhận tin từ bot.
held-ended = Đã gửi xong các bài được giữ lại của “{ $name }”: { $count } tin.
held-failed = { $count } tin không gửi được: { $reason }.
held-later = { $count } tin sẽ được gửi trong bản tin theo giờ đã chọn.

## Lý do của lỗi

# Các chương trình khác chỉ nói tiếng Anh; lời gốc chỉ được nêu khi không có cách nói nào rõ hơn.
reason =
    { $code ->
        [host-unknown] không tìm thấy máy chủ { $host }; cần kiểm tra lại địa chỉ
        [unreachable] chưa kết nối được với { $host }, bot sẽ tự thử lại
        [no-answer] { $host } không trả lời trong { $seconds } giây, bot sẽ tự thử lại
        [broken-off] kết nối bị ngắt giữa chừng, bot sẽ tự thử lại
        [insecure] chưa thiết lập được kết nối an toàn với { $host }: chứng thư số hết hạn, thiếu hoặc không hợp lệ; đề nghị người phụ trách kỹ thuật kiểm tra
        [site-trouble] máy chủ của trang nguồn đang gặp sự cố (mã { $status }), bot sẽ tự thử lại
        [page-missing] không có trang nào ở địa chỉ này (mã { $status }); cần kiểm tra lại địa chỉ
        [access-refused] trang nguồn không cho bot truy cập (mã { $status }); đề nghị đơn vị quản lý trang mở quyền
        [asked-too-often] trang nguồn cho rằng bot truy cập quá nhiều lần (mã { $status }); bot sẽ chờ rồi thử lại
        [odd-answer] trang nguồn trả lời không đúng quy cách; cần kiểm tra lại địa chỉ
        [bad-address] địa chỉ không hợp lệ; cần kiểm tra lại
        [empty] trang nguồn không có nội dung
        [no-feed] nội dung ở địa chỉ này không phải là nguồn tin hợp lệ; cần kiểm tra lại địa chỉ
        [nothing-listed] không thấy bài viết nào trên trang nguồn; có thể trang đã thay đổi cách trình bày
        [too-large] nội dung của trang nguồn quá lớn nên không đọc được
        [our-fault] lỗi trong chương trình của bot; đề nghị người phụ trách kỹ thuật xem nhật ký
        [message-refused] ứng dụng nhắn tin từ chối tin (nội dung gốc: { $words })
        [chat-closed] nơi nhận không còn cho bot gửi tin
        [topic-closed] chủ đề của nhóm đã bị đóng hoặc bị xóa
        [too-old] tin đã quá hạn { $waited } giờ
        [given-up] tin được tạm gác vì mỗi lần gửi đều bị gián đoạn; đề nghị người phụ trách kỹ thuật xem nhật ký
        [no-edits] ứng dụng nhắn tin không cho sửa hoặc xóa tin đã gửi
        [no-messages-left] gói dịch vụ không còn tin nhắn cho việc này
        [not-wanted] nơi nhận không còn nhận tin này
        [dry-run] đang chạy thử nên tin chỉ được ghi vào nhật ký, chưa được đăng
        [test-only] hệ thống đang chạy thử và nơi nhận không có trong danh sách chạy thử
        [no-updates] chưa kết nối được với ứng dụng nhắn tin, bot sẽ tự thử lại
        [account-refused] mã truy cập không còn hiệu lực hoặc tài khoản đã bị xóa
        [database] nội dung gốc: { $words }
       *[other] chưa rõ nguyên nhân (nội dung gốc: { $words })
    }

## Tin không gửi được

failures-title = Tin không gửi được
failures-none = Hiện chưa có tin nào bị lỗi khi gửi.
failures-group =
    Không gửi được đến { $count } nơi { $status ->
        [rejected] (bị ứng dụng từ chối)
        [expired] (tin đã quá hạn)
       *[set_aside] (tạm gác lại sau nhiều lần thử)
    }; lần gần nhất: { $moment }
failures-reason = Lý do: { $reason }
failures-reasons = và { $count } lý do khác
failures-retried = Số tin được đưa vào hàng chờ gửi lại: { $count }
failures-reason-counted = • { $reason } ({ $count } nơi)
failures-out-of-reach = Ngoài ra, { $count } tin không gửi được vì nơi nhận đã chặn, gỡ hoặc tạm dừng bot; bot không gửi lại các tin này.
failures-confirm = Gửi lại bài “{ $title }” đến { $count } nơi?
button-retry = 🔁 Gửi lại bài { $number }
button-retry-sure = Đồng ý gửi lại đến { $count } nơi

## Dừng, gửi tiếp, thu hồi, tạm dừng

publications-title = Các bài viết mới nhất
publications-none = Chưa có bài viết nào.
publications-how = Vui lòng chọn một bài để xem tình hình gửi, dừng, gửi tiếp hoặc thu hồi.
publication-state =
    { $state ->
        [awaiting] ⏳ Chờ duyệt từ { $moment }
        [scheduled] 🕗 Đã hẹn giờ phát hành (đặt lúc { $moment })
        [rejected] ✖ Đã từ chối từ { $moment }
        [stopped] ⏹ Đã dừng gửi từ { $moment }
        [recalled] 🗑 Đã thu hồi từ { $moment }
        [ended] ⌛ Đã hết hạn từ { $moment }
       *[released] ✅ Phát hành lúc { $moment }
    }
waiting-title = Các bài chờ duyệt
waiting-none = Không có bài nào chờ duyệt.
waiting-how = Vui lòng chọn một bài để xem và duyệt.
waiting-state =
    { $state ->
        [scheduled] 🕗 Sẽ phát hành lúc { $moment }
       *[awaiting] ⏳ Chờ duyệt từ { $moment }
    }
approval-awaiting = ⏳ Bài chờ duyệt để phát hành trong chuyên mục “{ $topic }”. Vui lòng chọn.
approval-urgent = Đây là tin khẩn.
approval-lacking = Cần hai người khác nhau duyệt; còn thiếu { $count } người (đã duyệt: { $who }).
approval-release-at = Giờ phát hành dự kiến: { $moment }.
approval-answer-by =
    { $then ->
        [release] Nếu đến { $moment } chưa có trả lời, bài sẽ được phát hành.
        [drop] Nếu đến { $moment } chưa có trả lời, bài sẽ bị từ chối.
       *[remind] Nếu đến { $moment } chưa có trả lời, bot sẽ nhắc lại.
    }
approval-not-owed = Bài đã có từ trước khi bot theo dõi nguồn tin: nếu được duyệt, bài sẽ tra cứu được nhưng không gửi đến ai.
approval-scheduled = 🕗 Bài đã được duyệt và sẽ phát hành trong chuyên mục “{ $topic }” lúc { $moment }.
approval-approved-by = Người duyệt: { $who }.
approval-changed = Nội dung bài đã thay đổi. Vui lòng xem lại bài và duyệt theo câu hỏi mới.
approval-outcome =
    { $state ->
        [rejected] { $by ->
            [nobody] ✖ Bài bị từ chối trong chuyên mục “{ $topic }” vì không có trả lời trong thời hạn.
            [mover] ✏️ { $who } đã chuyển bài khỏi chuyên mục “{ $topic }” lúc { $moment }.
           *[people] ✖ { $who } đã từ chối bài trong chuyên mục “{ $topic }” lúc { $moment }.
        }
        [stopped] ⏹ Bài đã dừng gửi từ { $moment }.
        [recalled] 🗑 Bài đã thu hồi từ { $moment }.
       *[released] { $by ->
            [nobody] ✅ Bài đã phát hành trong chuyên mục “{ $topic }” lúc { $moment }.
           *[people] ✅ Bài đã phát hành trong chuyên mục “{ $topic }” lúc { $moment }. Người duyệt: { $who }.
        }
    }
approval-reason = Lý do: { $reason }
reject-question = Từ chối bài “{ $title }”? Vui lòng gửi lý do (không quá { $longest } ký tự), hoặc chọn từ chối không nêu lý do. Lý do được báo cho những người cùng được hỏi và ghi vào nhật ký quản trị. Bài bị từ chối có thể được đưa trở lại trong { $days } ngày.
reject-reason-too-long = Lý do dài quá { $longest } ký tự.
put-back-toast = Bài lại chờ duyệt
button-reject-sure = ✖ Từ chối, không nêu lý do
button-put-back = ↩ Đưa lại chờ duyệt
approval-refused = Không thực hiện được: tình trạng của bài đã thay đổi.
approval-toast =
    { $state ->
        [awaiting] Đã ghi nhận
        [scheduled] Đã hẹn giờ phát hành
        [rejected] Đã từ chối bài
       *[released] Đã duyệt, bài được phát hành
    }
button-answer =
    { $answer ->
        [reject] ✖ Từ chối
        [take-back] ↩ Hủy lịch
       *[approve] { $state ->
            [scheduled] ✅ Phát hành ngay
           *[awaiting] ✅ Duyệt
        }
    }
button-release-at =
    { $state ->
        [scheduled] 🕗 Đổi giờ
       *[awaiting] 🕗 Hẹn giờ
    }
source-edited = ✏️ Đã sửa trước khi phát hành.
source-title = Tiêu đề theo nguồn: { $title }
source-summary = Tóm tắt theo nguồn: { $summary }
source-photo =
    { $has ->
        [photo] Nguồn có ảnh đại diện khác.
       *[none] Nguồn không có ảnh đại diện.
    }
source-rest = Nguồn có nội dung hoặc tệp đính kèm khác.
source-changed-title = Trang nguồn đã thay đổi sau khi bài được phát hành
source-changed-question = Bài đang phát hành theo bản đã sửa. Nếu lấy theo trang nguồn, các tin đã gửi được đính chính. Vui lòng chọn.
source-taken = Đã lấy theo trang nguồn; các tin đã gửi đang được đính chính.
source-left = Đã giữ bản đã sửa.
source-decided-before = Không thực hiện được: việc này đã có người quyết định, hoặc trang nguồn vừa thay đổi tiếp.
button-source-take = Lấy theo trang nguồn
button-source-leave = Giữ bản đã sửa
button-edit = ✏️ Sửa
button-edit-wish =
    { $wish ->
        [title] Sửa tiêu đề
        [summary] Sửa tóm tắt
        [photo] Đổi ảnh
        [without-photo] Không dùng ảnh
        [urgent] Đánh dấu tin khẩn
        [not-urgent] Bỏ đánh dấu tin khẩn
       *[restore] Khôi phục nguyên văn
    }
button-edit-photo = Ảnh { $number }
button-edit-topics = Đổi chuyên mục
move-title = Chuyên mục của bài
move-how = Bài đang chờ phát hành ở các chuyên mục có dấu ✅. Vui lòng chọn chuyên mục cần thêm, bỏ hoặc chuyển đến.
move-choice =
    { $waits ->
        [yes] Bài đang chờ phát hành ở chuyên mục này.
       *[no] Bài chưa có ở chuyên mục này. Bài chuyển đến đây được duyệt theo quy định của chuyên mục này.
    }
button-move =
    { $step ->
        [alone] Chỉ đăng ở chuyên mục này
        [add] Đăng thêm ở chuyên mục này
       *[take-away] Bỏ khỏi chuyên mục này
    }
edit-title = Sửa bài trước khi phát hành
edit-photo =
    { $has ->
        [photo] Có ảnh đại diện.
       *[none] Không có ảnh đại diện.
    }
edit-how = Mỗi lần sửa, bài được trình duyệt lại từ đầu. Vui lòng chọn nội dung cần sửa.
edit-ask =
    { $part ->
        [title] Vui lòng gửi tiêu đề mới. Tiêu đề hiện nay:
       *[summary] Vui lòng gửi tóm tắt mới. Tóm tắt hiện nay:
    }
edit-flaw =
    { $flaw ->
        [empty] Tiêu đề không được để trống.
        [no-topic] Bài phải có ít nhất một chuyên mục.
        [title-too-long] Tiêu đề không được dài quá { $longest } ký tự.
       *[summary-too-long] Tóm tắt không được dài quá { $longest } ký tự.
    }
edit-photos = Các ảnh của bài. Vui lòng chọn ảnh đại diện.
edit-photos-none = Bài không có ảnh nào khác để chọn.
edit-no-photo = Chưa lấy được ảnh này từ trang nguồn. Vui lòng chọn ảnh khác hoặc thử lại sau.
edit-done =
    { $done ->
        [done] Đã sửa, bài được trình duyệt lại.
        [same] Nội dung không thay đổi.
        [out] Bài đã phát hành ở một chuyên mục khác nên không sửa được nữa.
        [rejected] Không thực hiện được: bài đã bị từ chối ở một chuyên mục được chọn. Người có quyền duyệt có thể đưa bài trở lại chờ duyệt ở đó.
       *[gone] Không thực hiện được: bài không còn chờ phát hành, hoặc vừa thay đổi.
    }
button-waiting-one = Xem bài chờ duyệt
release-time-question = Phát hành bài “{ $title }” vào lúc nào? Vui lòng chọn hoặc gửi giờ phát hành.
release-time-how = Ví dụ: `14:30`, `8 giờ sáng mai`, `14h30 thứ Hai`, `8h 28/11`.
release-time-unclear = Bot chưa hiểu “{ $words }”.
release-time-passed = { $moment } không phải là một thời điểm sắp tới trong vòng một năm.
publication-fate = Đã gửi đến { $sent } nơi; còn chờ gửi đến { $pending } nơi; không gửi đến { $ended } nơi.
publication-fanning-out = Danh sách nơi nhận còn đang được lập.
publication-recall-confirm = Thu hồi bài “{ $title }”? Bài đã được gửi đến { $count } nơi: tin đã gửi sẽ được xóa hoặc được thay bằng lời báo, nếu ứng dụng nhắn tin cho phép; tin chưa gửi sẽ không được gửi nữa. Bài đã thu hồi thì không thể gửi lại.
publication-refused = Không thực hiện được: trạng thái của bài viết đã thay đổi.
publication-toast =
    { $step ->
        [stop] Đang dừng gửi bài viết
        [resume] Đã cho gửi tiếp bài viết
       *[recall] Đang thu hồi bài viết; kết quả sẽ được báo tại đây
    }
button-manage = ⚙️ Dừng hoặc thu hồi bài này
resend-confirm =
    { $to ->
        [m] Gửi bài “{ $title }” cho những nơi đang đăng ký mà chưa nhận bài? Nơi đã nhận không nhận thêm lần nữa.
       *[f] Gửi lại bài “{ $title }” cho những nơi gửi không thành công?
    }
resent = Bài đang được gửi cho những nơi chưa nhận
resent-failed = Số nơi được gửi lại: { $count }
button-resend =
    { $to ->
        [m] 📨 Gửi cho nơi chưa nhận
       *[f] 🔁 Gửi lại nơi bị lỗi
    }
button-resend-sure = Đồng ý gửi
button-publications = ‹ Các bài viết mới nhất
button-publication = Xem bài { $number }
button-step =
    { $step ->
        [stop] ⏹ Dừng gửi
        [resume] ▶️ Gửi tiếp
       *[recall] 🗑 Thu hồi
    }
button-step-numbered =
    { $step ->
        [stop] ⏹ Dừng gửi bài { $number }
       *[resume] ▶️ Gửi tiếp bài { $number }
    }
button-recall-sure = Đồng ý thu hồi
pauses-title = Tạm dừng gửi tin
pauses-none = Hiện không có nội dung nào bị tạm dừng.
pauses-how = Tin bị tạm dừng được giữ lại và không bị quá hạn; bot vẫn trả lời người dùng.
pause-standing =
    { $scope ->
        [everything] ⏸ Toàn bộ tin: tạm dừng từ { $moment }
        [account] ⏸ Tài khoản { $name }: tạm dừng từ { $moment }
       *[topic] ⏸ Chuyên mục “{ $name }”: tạm dừng từ { $moment }
    }
pause-begun = Đang tạm dừng gửi tin
pause-ended = Đã cho gửi tiếp
pause-refused = Không thực hiện được: trạng thái đã thay đổi.
button-pause-of =
    { $on ->
        [yes] { $scope ->
            [everything] ⏸ Tạm dừng toàn bộ
            [account] ⏸ Tạm dừng { $name }
           *[topic] ⏸ Tạm dừng “{ $name }”
        }
       *[no] { $scope ->
            [everything] ▶️ Gửi tiếp toàn bộ
            [account] ▶️ Gửi tiếp { $name }
           *[topic] ▶️ Gửi tiếp “{ $name }”
        }
    }

## Cảnh báo cho người phụ trách bot

alert-begun-title = ⚠️ Cảnh báo từ hệ thống
alert-lasting-title = ⏳ Vẫn chưa được khắc phục
alert-over-title = ✅ Đã trở lại bình thường
alert =
    { $kind ->
        [feed] Từ { $moment }, không kiểm tra được nguồn “{ $name }”. Lỗi gần nhất: { $error }
        [silent] Nguồn “{ $name }” vẫn kiểm tra được nhưng không có tin mới từ { $moment }, lâu hơn thường lệ.
        [empty] Nguồn “{ $name }” vẫn kiểm tra được nhưng không liệt kê tin nào từ { $moment }.
        [account] Từ { $moment }, tài khoản { $name } bị ứng dụng nhắn tin từ chối. Lỗi: { $error }
        [database] Từ { $moment }, cơ sở dữ liệu không ghi được; bot tạm ngừng trả lời cho đến khi ghi được. Lỗi: { $error }
        [lost] Cơ sở dữ liệu không còn dùng được; bot đã ngừng hoạt động lúc { $moment } và không gửi tin cho đến khi cơ sở dữ liệu được đặt lại hoặc được phục hồi từ bản sao lưu. Nguyên nhân: { $error }
        [updates] Từ { $moment }, không nhận được tin nhắn gửi đến tài khoản { $name }. Lỗi: { $error }
        [quota] Tài khoản { $name } đã dùng { $count } trong số { $most } tin nhắn của tháng này dành cho việc gửi tin. { $forecast }
        [halted] Bài “{ $name }” đã được tự động dừng gửi từ { $moment } vì ứng dụng nhắn tin từ chối quá nhiều tin về bài này do sai định dạng. Vui lòng gửi /tinphathanh để xem lại, gửi tiếp hoặc thu hồi.
        [unreached] Bài khẩn “{ $name }”, phát hành lúc { $moment }, chưa đến được nơi nhận nào trên tài khoản { $account }. Vui lòng gửi /loi để xem nguyên nhân và gửi lại.
        [spent] Tài khoản { $name } đã dùng hết { $most } tin nhắn của tháng này dành cho việc gửi tin. Các tin còn lại được giữ đến đầu tháng sau; bot vẫn trả lời người dùng.
        [token] Từ { $moment }, chưa gia hạn được quyền truy cập của tài khoản { $name }; quyền này hết hiệu lực vào { $until }. Đề nghị người phụ trách kỹ thuật cấp quyền lại cho ứng dụng trước thời điểm đó.
        [users] Tài khoản { $name } không gửi được tin cho một số người. Bot ghi nhận { $count } trong số { $most } chỗ của gói đã được dùng. { $places }
       *[backlog] { $count ->
            [1] Có một tin đến hạn nhưng chưa gửi được; tin đã chờ từ { $moment }.
           *[other] Có { $count } tin đến hạn nhưng chưa gửi được; tin chờ lâu nhất đã chờ từ { $moment }.
        }
    }
alert-over =
    { $kind ->
        [feed] Nguồn “{ $name }” (gặp lỗi từ { $moment })
        [silent] Nguồn “{ $name }” đã có tin mới (không có tin từ { $moment })
        [empty] Nguồn “{ $name }” đã liệt kê tin trở lại (trống từ { $moment })
        [account] Tài khoản { $name } (bị từ chối từ { $moment }); các tin chưa gửi vẫn được giữ lại
        [database] Cơ sở dữ liệu (không ghi được từ { $moment })
        [halted] Bài “{ $name }” (tự động dừng gửi từ { $moment }) đã được xử lý
        [lost] Cơ sở dữ liệu (không dùng được từ { $moment })
        [updates] Việc nhận tin nhắn gửi đến tài khoản { $name } (gián đoạn từ { $moment })
        [token] Quyền truy cập của tài khoản { $name } đã được gia hạn (chưa gia hạn từ { $moment })
       *[backlog] Việc gửi tin (chậm từ { $moment })
    }
# Số chỗ của gói; người chưa đăng ký không được lưu nên chỉ đếm số lần.
alert-places =
    { $strangers ->
        [0] Số người đang chờ: { $waiting }. Khi có người rời đi, ai nhắn tin lại trước sẽ được nhận tin trước.
       *[other] Số người đang chờ: { $waiting }. Trong tháng này, có { $strangers } lần bot không trả lời được người chưa đăng ký. Khi có người rời đi, ai nhắn tin lại trước sẽ được nhận tin trước.
    }
quota-forecast = Với tốc độ hiện nay, số tin nhắn của tháng đủ đến ngày { $day }.
quota-lasts = Với tốc độ hiện nay, số tin nhắn của tháng đủ đến hết tháng.
alert-more = … và { $count } mục khác
# Gửi cho người đăng ký, một lần, khi nguồn của chuyên mục không truy cập được suốt một ngày.
feed-outage = Từ { $moment }, bot không truy cập được “{ $name }” nên tin của chuyên mục này có thể đến chậm; khi trang hoạt động trở lại, bot sẽ tiếp tục gửi tin. Rất mong { -addressee } thông cảm.
alert-what-to-do = Vui lòng gửi /nguon để xem tình trạng các nguồn tin.

## Dữ liệu cá nhân

data-title = Dữ liệu đang được lưu
data-none = Bot không lưu dữ liệu nào về cuộc trò chuyện này.
data-chat = Mã số cuộc trò chuyện: { $chat }
data-since = Được lưu từ: { $moment }
data-language =
    Ngôn ngữ: { $language ->
        [en] tiếng Anh
       *[vi] tiếng Việt
    }
data-status =
    Trạng thái: { $status ->
        [active] đang hoạt động
        [waiting] chưa gửi tới được, chờ tin nhắn tiếp theo gửi đến bot
        [paused] tạm dừng
       *[off] đã dừng gửi
    }
data-address = Cách xưng hô đã chọn: { $form }
data-topics = Chuyên mục đã đăng ký:
data-topic = • { $topic } (từ { $moment })
data-member = Là thành viên của chuyên mục: { $topic } (từ { $moment })
data-note = Ghi chú của quản trị viên: { $note }
data-stopped = Giữ lại một ngày để có thể đăng ký lại: { $topic }; { $what } (dừng lúc { $moment })
data-no-topics = Chuyên mục đã đăng ký: không có
data-consent = Đã đồng ý nhận tin lúc { $moment } (theo nội dung đồng ý, bản { $version })
data-no-consent = Chưa đồng ý nhận tin
data-deliveries = Danh sách tin: { $sent } tin đã gửi, { $pending } tin đang chờ gửi, { $ended } tin không gửi được
data-menu = Các số để chọn trong tin nhắn gửi lúc { $moment } (giữ một ngày)
data-saved = Số bài đã lưu: { $count } (xem bằng lệnh /daluu)
data-followed = Số trang đang theo dõi: { $count } (xem bằng lệnh /theodoi)
data-dormant = Không đăng ký chuyên mục nào từ { $moment }; sau { $days } ngày, dữ liệu sẽ được tự động xóa
data-keeper = Phụ trách tin của nhóm { $group } từ { $moment }
data-admin = Là quản trị viên của bot ({ $roles }) từ { $moment }
data-approvals = Ý kiến duyệt bài: { $votes }; đề nghị duyệt bài đã gửi tới cuộc trò chuyện này: { $questions }
data-session = Phiên đăng nhập bảng điều khiển từ { $moment } ({ $device })
data-audit =
    Nhật ký quản trị có { $count } việc ghi mã số của { -addressee }: việc { -addressee } đã làm hoặc việc liên quan đến vai trò quản trị của { -addressee }. Để cơ quan giải trình được về việc quản trị, nhật ký được giữ { $days } ngày và không xóa theo yêu cầu.
data-passing =
    Nội dung tin nhắn gửi cho bot được xóa ngay sau khi xử lý xong.
erase-confirm =
    Toàn bộ dữ liệu về cuộc trò chuyện này sẽ bị xóa ngay và không thể khôi phục; bot sẽ không gửi tin nữa. Bot chỉ giữ lại thời điểm xóa và một mã xác nhận đã mã hóa (giữ { $proofs } ngày), không có mã số cuộc trò chuyện hay họ tên; mã này chỉ dùng để trả lời khi { -addressee } hỏi việc xóa đã được thực hiện chưa. { -addressee-start } có chắc chắn muốn xóa không?
erased = Đã xóa toàn bộ dữ liệu. Trân trọng cảm ơn { -addressee } đã quan tâm. Khi cần, vui lòng gửi /start để bắt đầu lại.
erase-cancelled = Dữ liệu được giữ nguyên.
privacy-title = Chính sách bảo vệ dữ liệu cá nhân
privacy-responsible =
    { -publisher } là bên kiểm soát dữ liệu cá nhân và chỉ xử lý dữ liệu để gửi tin theo đăng ký. Tin được chuyển qua ứng dụng nhắn tin mà { -addressee } đang dùng ({ $platform }{ $abroad ->
        [yes] ; máy chủ ở ngoài lãnh thổ Việt Nam).
       *[no] ).
    } Ngoài ra, dữ liệu không được cung cấp cho bên thứ ba.
privacy-kept =
    Thời hạn lưu: danh sách tin đã gửi được giữ { $days } ngày; chuyên mục vừa dừng nhận và các số để chọn trong tin nhắn gần nhất, 1 ngày; vai trò quản trị (nếu được giao) và ghi chú về người giữ vai trò, đến khi thôi giữ vai trò; nhật ký quản trị (người giữ vai trò đã làm việc gì, khi nào), { $audit } ngày; câu hỏi của bot về bộ lọc hoặc kênh, đến tin nhắn tiếp theo; câu hỏi gần nhất khác của bot và ngôn ngữ được chọn trước khi đồng ý, tối đa 1 ngày, chỉ trong bộ nhớ tạm và không ghi vào cơ sở dữ liệu; các dữ liệu khác, đến khi { -addressee } xóa, hoặc { $unsubscribed } ngày sau khi không còn đăng ký chuyên mục nào, hoặc { $unreachable } ngày sau khi bot không còn gửi được tin đến đây.
privacy-rights =
    Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, chủ thể dữ liệu cá nhân có quyền: được biết về việc xử lý dữ liệu; đồng ý, không đồng ý, rút lại sự đồng ý; xem, chỉnh sửa, yêu cầu cung cấp, xóa, hạn chế xử lý dữ liệu; phản đối việc xử lý; khiếu nại, tố cáo, khởi kiện, yêu cầu bồi thường theo quy định của pháp luật. Xem dữ liệu: /dulieu; thay đổi: /caidat; dừng nhận tin: /huy; rút lại sự đồng ý và xóa dữ liệu: /xoadulieu. Các lệnh này được thực hiện ngay. Sau khi xóa, cơ quan chỉ giữ lại thời điểm xóa và một mã xác nhận đã mã hóa (trong { $proofs } ngày), không có mã số cuộc trò chuyện hay họ tên; mã này chỉ dùng để trả lời khi { -addressee } hỏi việc xóa đã được thực hiện chưa.
privacy-contact = Các yêu cầu khác về dữ liệu cá nhân xin gửi đến: { $contact }. Cơ quan sẽ trả lời trong 2 ngày làm việc. Khi { -addressee } cho biết mã số để được hỗ trợ, người hỗ trợ xem được đăng ký, cài đặt và các tin gần đây của mã số đó; mỗi lần xem đều được ghi lại.
button-erase = Xóa toàn bộ dữ liệu
button-erase-sure = Đồng ý xóa

## Quyết định của quản trị viên

hold-title = Trang nguồn “{ $name }” dường như đã thay đổi toàn bộ danh sách bài
hold-question =
    { $count ->
        [1] Trang này có một bài mới và không còn bài nào từng được ghi nhận. Bài này đang được giữ lại, chưa gửi cho ai. Vui lòng chọn cách xử lý.
       *[other] Trang này có { $count } bài mới và không còn bài nào từng được ghi nhận. Các bài này đang được giữ lại, chưa gửi cho ai. Vui lòng chọn cách xử lý.
    }
hold-confirm = Gửi { $count } bài của “{ $name }” đến { $chats } nơi đang nhận tin của chuyên mục này?
hold-decided =
    { $decision ->
        [send] Sẽ gửi { $count } bài ngay bây giờ.
       *[keep] Sẽ lưu { $count } bài và không gửi.
    }
hold-decided-before = Việc này đã được quyết định trước đó.
button-hold-send =
    { $count ->
        [1] Gửi bài này
       *[other] Gửi cả { $count } bài
    }
button-hold-send-newest = Gửi { $count } bài mới nhất
button-hold-send-sure = Đồng ý gửi { $count } bài
button-hold-titles = Xem tiêu đề ({ $count })
button-hold = ✋ Quyết định: { $name } ({ $count })
button-hold-keep = Chỉ lưu, không gửi
withdrawal-title = Một bài viết có thể đã được cơ quan gỡ bỏ
withdrawal-question =
    { $count ->
        [0] Trang của bài viết không còn nữa. Bài chưa được gửi đến ai.
       *[other] Trang của bài viết không còn nữa. Bài đã được gửi đến { $count } cuộc trò chuyện.
    }
withdrawal-begun = Đang thu hồi các tin liên quan đến bài viết này; kết quả sẽ được báo tại đây.
withdrawal-done-before = Các tin liên quan đến bài viết này đã được thu hồi trước đó.
withdrawal-confirm =
    { $count ->
        [0] Thu hồi bài “{ $title }”? Bài chưa được gửi đến ai và sẽ không được phát hành nữa.
       *[other] Thu hồi các tin về bài “{ $title }” tại { $count } cuộc trò chuyện?
    }
withdrawal-kept = Các tin đã gửi được giữ nguyên.
button-withdraw =
    { $count ->
        [0] Thu hồi bài này
       *[other] Thu hồi { $count } tin đã gửi
    }
button-withdraw-sure =
    { $count ->
        [0] Đồng ý thu hồi
       *[other] Đồng ý thu hồi { $count } tin
    }
button-withdraw-keep = Giữ nguyên

## Thông báo

announcement-title = Soạn thông báo
announcement-ask =
    { $part ->
        [p] Vui lòng gửi một ảnh, hoặc địa chỉ của ảnh, ví dụ: `https://coquan.gov.vn/anh`. Gửi `hủy` để thôi.
        [d]
            { $files ->
                [yes] Vui lòng gửi tệp tài liệu (có thể gửi nhiều tệp), hoặc địa chỉ của tài liệu, mỗi tài liệu một dòng, kèm tên, ví dụ: `Công văn số 12: https://coquan.gov.vn/cv12.pdf`. Gửi `hủy` để thôi.
               *[no] Vui lòng gửi địa chỉ của tài liệu, mỗi tài liệu một dòng, kèm tên, ví dụ: `Công văn số 12: https://coquan.gov.vn/cv12.pdf`. Ở đây bot không nhận được tệp. Gửi `hủy` để thôi.
            }
        [w] Vui lòng gửi địa chỉ trang web của thông báo. Gửi `hủy` để thôi.
        [a] Thông báo được phát hành vào lúc nào? Vui lòng gửi giờ, có thể kèm ngày, ví dụ: `14:30`, `8 giờ sáng mai` hoặc `8:00 ngày 31/12/2026`. Gửi `hủy` để thôi.
        [e] Thông báo hết hạn vào lúc nào? Vui lòng chọn dưới đây hoặc gửi ngày, có thể kèm giờ, ví dụ: `31/12/2026`, `17 giờ thứ Sáu` hoặc `17:00 ngày 31/12/2026`. Gửi `hủy` để thôi.
       *[t] Vui lòng gửi nội dung thông báo: dòng đầu là tiêu đề, mỗi dòng sau là một đoạn. Thông báo chưa được gửi đi cho đến khi chọn “Phát hành”. Gửi `hủy` để thôi.
    }
announcement-fault =
    { $part ->
        [p] Bot cần đúng một địa chỉ đầy đủ, ví dụ: `https://coquan.gov.vn/anh`.
        [d] Mỗi dòng cần có đúng một địa chỉ đầy đủ; nhiều nhất 10 tài liệu.
        [w] Bot cần đúng một địa chỉ đầy đủ, ví dụ: `https://coquan.gov.vn`.
        [a] Bot chưa hiểu giờ này, hoặc giờ này đã qua hay còn xa hơn một năm.
        [e] Bot chưa hiểu ngày này, hoặc ngày này đã qua hay còn xa hơn một năm.
       *[t] Tiêu đề (dòng đầu) dài nhất 300 ký tự, nội dung dài nhất 20.000 ký tự.
    }
upload-fault =
    { $fault ->
        [kind] Tệp “{ $name }” không thuộc loại được nhận. Các loại được nhận: { $kinds }.
        [content] Nội dung tệp “{ $name }” không đúng với đuôi tệp. Vui lòng lưu lại tệp đúng định dạng rồi gửi lại.
        [large] Tệp “{ $name }” lớn hơn { $megabytes } MB.
        [many] Mỗi lần chỉ nhận nhiều nhất { $count } tệp.
        [together] Mỗi thông báo kèm nhiều nhất 10 tài liệu.
        [photo] Bot không đọc được ảnh này. Vui lòng gửi ảnh khác, nhỏ hơn 10 MB.
        [lost] Bot chưa tải được tệp này. Vui lòng gửi lại.
       *[address] Bot chưa có địa chỉ công khai để người nhận tải tệp. Vui lòng đăng tệp trên trang web và gửi địa chỉ của tệp.
    }
announcement-no-series = Bot không gửi lặp lại một thông báo theo chu kỳ. Mỗi thông báo được phát hành một lần; vui lòng chọn một ngày hết hạn.
announcement-no-photo = Không tải được ảnh ở địa chỉ này. Thông báo chưa thay đổi.
announcement-photo-taken =
    { $had ->
        [photo] 🖼 Đã thay ảnh của thông báo.
       *[none] 🖼 Đã nhận ảnh của thông báo.
    }
announcement-document-taken = 📎 Đã nhận tệp “{ $name }”. Số tài liệu kèm theo: { $count }.
announcement-none = Hiện không có thông báo nào đang soạn. Vui lòng gửi /thongbao để bắt đầu.
announcement-dropped = Đã bỏ thông báo đang soạn. Không có gì được gửi đi.
announcement-topics = 📂 Chuyên mục: { $topics }
announcement-nowhere = 📂 Chưa chọn chuyên mục.
announcement-photo = 🖼 Có ảnh
announcement-page = 🔗 Trang web: { $address }
announcement-urgent = ❗ Tin khẩn
announcement-release-at = 🕒 Phát hành lúc { $moment }
announcement-ends =
    { $how ->
        [delete] ⌛ Hết hạn lúc { $moment }; khi đó tin đã gửi được xóa.
       *[note] ⌛ Hết hạn lúc { $moment }; khi đó tin đã gửi được ghi “đã hết hạn”.
    }
announcement-lacks =
    { $lack ->
        [title] Thông báo chưa có tiêu đề.
        [topic] Vui lòng chọn ít nhất một chuyên mục.
        [release] Giờ phát hành đã qua; vui lòng chọn giờ khác.
       *[future] Thời điểm hết hạn đã qua hoặc trước giờ phát hành; vui lòng chọn thời điểm khác.
    }
announcement-page-known = Trang web này đã có trong một bài viết của bot. Vui lòng chọn trang khác hoặc không kèm trang web.
announcement-counting = Đang tính số nơi nhận…
announcement-release-question = Trên đây là thông báo như người nhận sẽ thấy. Phát hành?
announcement-test = [THỬ] { $title }
announcement-tried = Bản thử trên đây chỉ được gửi đến { -addressee }.
announcement-released =
    { $state ->
        [awaiting] Thông báo đang chờ duyệt trong chuyên mục: { $topics }.
        [scheduled] Thông báo sẽ được phát hành lúc { $moment } trong chuyên mục: { $topics }.
       *[released] Đã phát hành thông báo trong chuyên mục: { $topics }.
    }
button-announcement-part =
    { $part ->
        [p] 🖼 Ảnh
        [d] 📎 Tài liệu
        [w] 🔗 Trang web
        [a] 🕒 Giờ phát hành
        [e] ⌛ Hết hạn
       *[t] ✏️ Nội dung
    }
button-announcement-without =
    { $part ->
        [p] Không kèm ảnh
        [d] Không kèm tài liệu
        [w] Không kèm trang web
        [a] Phát hành ngay
       *[e] Không có hạn
    }
button-announcement-urgent = Tin khẩn
button-announcement-days = { $count } ngày
button-at-end =
    { $how ->
        [delete] Hết hạn thì xóa
       *[note] Hết hạn thì ghi “đã hết hạn”
    }
button-announcement-step =
    { $step ->
        [p] 👁 Xem trước và dự kiến gửi
        [t] Gửi thử đến tôi
        [r] 📣 Phát hành
       *[d] 🗑 Bỏ thông báo
    }
button-announcement-back = ‹ Tiếp tục soạn
button-announcement-show = Xem tình hình gửi

## Dự kiến gửi

forecast-title =
    { $count ->
       *[other] Dự kiến: { $count } nơi nhận
    }
forecast-nobody = Chưa có ai đăng ký các chuyên mục này.
forecast-at-once = Gửi ngay khi phát hành: { $count } nơi, trong khoảng { $takes }
forecast-silent = Trong đó không âm báo: { $count }
forecast-digest = Trong bản tin tổng hợp lúc { $moment }: { $count }
forecast-held = Sau giờ yên lặng, lúc { $moment }: { $count }
forecast-later = Vào các thời điểm sau đó: { $count }
forecast-rationed = Vượt số tin gửi ngay trong ngày, chuyển vào bản tin tổng hợp kế tiếp: { $count }
forecast-paused = Khi hết tạm dừng: { $count }
forecast-waiting = Chỉ khi người nhận nhắn tin lại cho bot: { $count }
forecast-filtered = Không nhận do bộ lọc của mình: { $count }
forecast-minutes = { $count } phút
forecast-hours = { $count } giờ

// The page's own words, in Vietnamese and English.

const WORDS = {
  vi: {
    search: 'Tìm kiếm', chats: 'Danh sách cuộc trò chuyện', none: 'Không tìm thấy cuộc trò chuyện nào',
    back: 'Quay lại danh sách', bot: 'bot', channel: 'kênh', member: 'thành viên', forum: 'nhóm có chủ đề', group: 'nhóm',
    all: 'Tất cả', general: 'Chung', topics: 'Chủ đề', write: 'Nhắn tin…', writeTo: 'Nhắn vào “{topic}”…', send: 'Gửi', attach: 'Gửi ảnh hoặc tệp', menu: 'Menu',
    commands: 'Các lệnh của bot', start: 'BẮT ĐẦU', mute: 'Tắt thông báo', unmute: 'Bật thông báo',
    whatCan: 'Bot này có thể làm gì?',
    pressStart: 'Chọn Bắt đầu để trò chuyện', created: 'Nhóm đã được tạo', channelCreated: 'Kênh đã được tạo', topicEmpty: 'Chưa có tin nhắn trong chủ đề này',
    you: 'Tôi', photo: 'Ảnh', document: 'Tệp', edited: 'đã sửa', silent: 'Gửi không có âm báo', read: 'Đã xem', messages: 'Tin nhắn', hidden: 'Nội dung ẩn, bấm để xem', today: 'Hôm nay', yesterday: 'Hôm qua',
    bottom: 'Xuống tin mới nhất', voice: 'Tin nhắn thoại', table: 'Bảng', enlarge: 'Xem ảnh lớn', close: 'Đóng', via: 'qua @{bot}', offers: 'Bài viết để chia sẻ', noOffers: 'Không tìm thấy bài viết nào', previous: 'Ảnh trước', next: 'Ảnh sau', ok: 'Đồng ý', opens: 'mở trong tab mới',
    console: 'Bảng điều khiển', consoleHow: 'gửi /bangdieukhien cho bot để đăng nhập.',
    publicPage: 'Trang công khai', publicHow: 'tin đã phát hành, ai cũng đọc được; mã QR để đăng ký.',
    desk: 'Cơ quan mẫu', deskOpen: 'Đăng bài mới', deskNote: 'Đóng vai cơ quan: đăng một bài, rồi xem bot gửi tin đến các cuộc trò chuyện đã đăng ký.',
    publishForm: 'Cơ quan đăng bài mới', title: 'Tiêu đề', section: 'Mục', text: 'Nội dung (mỗi dòng một đoạn)', withPhoto: 'Ảnh', noPhoto: 'Không có ảnh', publish: 'Đăng bài',
    published: 'Đã đăng. Bot sẽ đọc bài ở lần kiểm tra kế tiếp.', latest: 'Bài mới nhất trên trang của cơ quan',
    correct: 'Sửa bài', takeDown: 'Gỡ bài', correcting: 'Cơ quan sửa bài đã đăng', sapo: 'Tóm tắt', save: 'Lưu bản sửa', cancel: 'Hủy bỏ',
    corrected: 'Đã sửa trên trang. Bot sẽ đọc lại và sửa những tin đã gửi.', takenDown: 'Đã gỡ khỏi trang. Nếu đã gửi tin về bài này, bot sẽ hỏi có thu hồi không.',
    failed: 'Không thực hiện được: {reason}',
    lost: 'Đang kết nối lại…', unreachable: 'máy chủ không trả lời', block: 'Chặn bot', unblock: 'Bỏ chặn', blocked: 'Bot này đã bị chặn', youAre: 'Đang đóng vai', role_creator: 'Phụ trách bot, lập các nhóm', role_administrator: 'Quản trị viên nhóm', role_member: 'Thành viên nhóm', role_none: 'Người đăng ký', language: 'Ngôn ngữ của trang',
    phones: 'Ứng dụng nhắn tin', unread: 'tin chưa đọc', zaloPhone: 'Điện thoại dùng Zalo', zaloBot: 'Bot trên Zalo', zaloMessages: 'Cuộc trò chuyện trên Zalo', zaloWrite: 'Tin nhắn', zaloField: 'Soạn tin gửi qua Zalo', zaloSend: 'Gửi qua Zalo',
    zaloWelcome: 'Zalo không có nút bấm: mọi việc đều được gõ bằng lời hoặc bằng số. Hãy gửi một tin bất kỳ, ví dụ “xin chào”.',
    zaloNews: 'Trên Zalo, tin được gộp vào bản tin 7 giờ sáng. Muốn nhận ngay, hãy gõ tại đó: “ngay khi có tin”.',
    more: 'Thêm', service_upgraded: 'Nhóm đã được nâng cấp thành siêu nhóm', service_topic: 'Chủ đề “{name}” đã được tạo',
    photos: { 'hoi-nghi': 'Hội nghị', 'trao-giay-khen': 'Trao giấy khen', 'ky-ket': 'Ký kết', 'thu-vien': 'Thư viện', 'dich-vu-truc-tuyen': 'Dịch vụ trực tuyến',
      'thanh-pho-bien': 'Thành phố biển', 'doi-che': 'Đồi chè', 'gac-co': 'Gác cổ', 'hoi-nghi-quoc-te': 'Hội nghị quốc tế' },
  },
  en: {
    search: 'Search', chats: 'Chats', none: 'No chats found',
    back: 'Back to the chats', bot: 'bot', channel: 'channel', member: 'members', forum: 'group with topics', group: 'group',
    all: 'All', general: 'General', topics: 'Topics', write: 'Message…', writeTo: 'Message in “{topic}”…', send: 'Send', attach: 'Send photos or files', menu: 'Menu',
    commands: 'The bot’s commands', start: 'START', mute: 'Mute', unmute: 'Unmute',
    whatCan: 'What can this bot do?',
    pressStart: 'Press Start to begin', created: 'Group created', channelCreated: 'Channel created', topicEmpty: 'No messages in this topic yet',
    you: 'You', photo: 'Photo', document: 'File', edited: 'edited', silent: 'Sent silently', read: 'Read', messages: 'Messages', hidden: 'Hidden text, press to see it', today: 'Today', yesterday: 'Yesterday',
    bottom: 'Go to the latest message', voice: 'Voice message', table: 'Table', enlarge: 'Enlarge the photo', close: 'Close', via: 'via @{bot}', offers: 'Articles to share', noOffers: 'No article was found', previous: 'Previous photo', next: 'Next photo', ok: 'OK', opens: 'opens in a new tab',
    console: 'Console', consoleHow: 'send /console to the bot to sign in.',
    publicPage: 'Public page', publicHow: 'what was released, for everybody; QR codes to subscribe.',
    desk: 'Sample agency', deskOpen: 'Publish', deskNote: 'Play the agency: publish an article and see the bot bring it to the chats that subscribed.',
    publishForm: 'Publish an article as the agency', title: 'Title', section: 'Section', text: 'Text (one paragraph a line)', withPhoto: 'Photo', noPhoto: 'No photo', publish: 'Publish',
    published: 'Published. The bot will see it when it looks next.', latest: 'Latest on the agency’s site',
    correct: 'Correct', takeDown: 'Take down', correcting: 'Correct an article as the agency', sapo: 'Summary', save: 'Save the correction', cancel: 'Cancel',
    corrected: 'Corrected on the site. The bot will read it again and edit what it has sent.', takenDown: 'Taken off the site. If the bot has sent messages about it, it will ask whether to withdraw them.',
    failed: 'That did not work: {reason}',
    lost: 'Reconnecting…', unreachable: 'the server does not answer', block: 'Block the bot', unblock: 'Unblock', blocked: 'You blocked this bot', youAre: 'You are playing', role_creator: 'Owner of bot and groups', role_administrator: 'Group administrator', role_member: 'Group member', role_none: 'Subscriber', language: 'Language of this page',
    phones: 'Messaging apps', unread: 'unread messages', zaloPhone: 'A phone with Zalo', zaloBot: 'Bot on Zalo', zaloMessages: 'Conversation on Zalo', zaloWrite: 'Message', zaloField: 'Write a message on Zalo', zaloSend: 'Send on Zalo',
    zaloWelcome: 'Zalo has no buttons: everything is typed, in words or as a number. Send any message, for example “xin chào” or “hello”.',
    zaloNews: 'On Zalo, news come together in the digest of 7 o’clock in the morning. To get them at once, type there: “settings at once”.',
    more: 'More', service_upgraded: 'The group became a supergroup', service_topic: 'Topic “{name}” was created',
    photos: { 'hoi-nghi': 'Conference', 'trao-giay-khen': 'Award', 'ky-ket': 'Signing', 'thu-vien': 'Library', 'dich-vu-truc-tuyen': 'Online service',
      'thanh-pho-bien': 'Seaside city', 'doi-che': 'Tea hills', 'gac-co': 'Pavilion', 'hoi-nghi-quoc-te': 'Assembly' },
  },
};

let current = localStorage.getItem('language') === 'en' ? 'en' : 'vi';
document.documentElement.lang = current;

export const language = () => current;

export function speak(chosen) {
  current = chosen;
  localStorage.setItem('language', chosen);
  document.documentElement.lang = chosen;
}

export function t(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), WORDS[current][key]);
}

export const photoName = (name) => WORDS[current].photos[name] ?? name;

// A link into the private chat with the bot, t.me/<bot>?start=<payload>: it opens that chat here and starts the bot there.

import { say } from '../shared/api.js';
import { t } from '../shared/i18n.js';
import { state } from './store.js';
import { toast } from '../shared/toast.js';

function payloadOf(address) {
  const { host, pathname, searchParams } = new URL(address, location.href);
  const ours = host === 't.me' && pathname.slice(1).toLowerCase() === state.bot?.username.toLowerCase();
  return ours ? searchParams.get('start') ?? '' : null;
}

async function visit(payload) {
  const me = state.me.id;
  location.hash = `#${me}`;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(payload)) return;
  try {
    await say({ chat: me, from: me, text: `/start ${payload}` });
  } catch (error) {
    toast(t('failed', { reason: error.message }));
  }
}

export function followDeepLinks() {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const payload = link ? payloadOf(link.href) : null;
    if (payload === null) return;
    event.preventDefault();
    visit(payload);
  });
}

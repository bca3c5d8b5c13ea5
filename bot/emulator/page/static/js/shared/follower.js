// Whoever reads the end of a conversation keeps reading it; whoever has scrolled up stays there, and is told what came.

const NEAR = 140;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

// *stream* scrolls over *content*; *button* leads down, and its *badge* counts what was missed.
export function follower(stream, content, button, badge) {
  let atEnd = true;
  let lastTop = 0;
  let missed = 0;

  const nearBottom = () => stream.scrollHeight - stream.scrollTop - stream.clientHeight < NEAR;
  const scrollDown = (behavior) => stream.scrollTo({ top: stream.scrollHeight, behavior: calm.matches ? 'instant' : behavior });
  const show = () => {
    button.hidden = nearBottom();
    badge.hidden = missed === 0;
    badge.textContent = String(missed);
  };

  // Only the reader scrolls up: on the way down, smoothly, to what has just arrived, the end stays the aim.
  stream.addEventListener('scroll', () => {
    atEnd = nearBottom() || (atEnd && stream.scrollTop >= lastTop);
    lastTop = stream.scrollTop;
    if (atEnd) missed = 0;
    show();
  }, { passive: true });
  button.addEventListener('click', () => scrollDown('smooth'));
  // The foot grows, a preview loads, the window changes.
  const observer = new ResizeObserver(() => { if (atEnd) scrollDown('instant'); });
  observer.observe(content);
  observer.observe(stream);

  return {
    begin() { missed = 0; },
    // So many messages were drawn; return whether the reader is with them.
    arrived(count, { jump = false, mine = false } = {}) {
      const follows = jump || atEnd || mine;
      if (follows) {
        atEnd = true;
        scrollDown(jump ? 'instant' : 'smooth');
      } else missed += count;
      show();
      return follows;
    },
  };
}

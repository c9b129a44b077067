// What WeChat draws over a page: dialogs from below or in the middle, and short messages.
const panels = () => document.getElementById('mini-panels');

/**
 * Opens a dialog with buttons `{text, tap}` and returns what closes it. `label` names it for screen readers; `content` is an element or a text.
 */
export function panel({ label, content, buttons, role = 'dialog' }) {
  const dialog = document.createElement('div');
  dialog.className = 'mini-dialog';
  dialog.setAttribute('role', role);
  dialog.setAttribute('aria-modal', 'true');
  if (label) dialog.setAttribute('aria-label', label);
  dialog.append(content);
  const row = document.createElement('div');
  row.className = 'mini-buttons';
  for (const { text, tap } of buttons) {
    const button = document.createElement('button');
    button.textContent = text;
    button.addEventListener('click', tap);
    row.append(button);
  }
  dialog.append(row);
  panels().append(dialog);
  return () => dialog.remove();
}

let fading;

/** A short message. The next one takes its place. */
export function toast(text, duration) {
  hideToast();
  const message = document.createElement('div');
  message.className = 'mini-toast';
  message.setAttribute('role', 'status');
  message.textContent = text;
  panels().append(message);
  fading = setTimeout(hideToast, duration);
}

export function hideToast() {
  clearTimeout(fading);
  for (const message of document.querySelectorAll('.mini-toast')) message.remove();
}

/** The demonstration wallet's own window: plain DOM in a modal dialog, because a wallet is no part of the page. */

type Button = { label: string; value: string; primary?: boolean }

const look = {
  dialog:
    'm-auto w-[min(34rem,calc(100vw-2rem))] rounded-4 border-2 border-pending bg-surface p-5 text-ink backdrop:bg-ink/40',
  tag: 'text-12 font-medium text-pending',
  title: 'text-20 font-semibold',
  text: 'mt-2 text-secondary [overflow-wrap:anywhere]',
  pre: 'mt-3 max-h-80 overflow-auto rounded-4 bg-canvas p-3 font-mono text-12 leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]',
  row: 'mt-4 flex flex-wrap justify-end gap-2',
  column: 'mt-3 space-y-2',
  button: 'min-h-9 rounded-4 border border-control bg-surface px-3.5 font-medium text-ink hover:bg-subtle',
  primary: 'min-h-9 rounded-4 border border-action bg-action px-3.5 font-medium text-on-action',
  account:
    'min-h-11 w-full rounded-4 border border-control px-3 text-left font-mono text-12 hover:bg-subtle [overflow-wrap:anywhere]',
}

/** @returns the value of the button pressed; undefined for Escape. */
function ask(
  title: string,
  content: Node[],
  buttons: Button[],
  stacked: boolean,
): Promise<string | undefined> {
  const dialog = element('dialog', look.dialog)
  const heading = element('h2', look.title, title)
  heading.id = 'demonstration-wallet-title'
  dialog.setAttribute('aria-labelledby', heading.id)
  const row = element('div', stacked ? look.column : look.row)
  for (const { label, value, primary } of buttons) {
    const button = element(
      'button',
      stacked && value !== 'decline' ? look.account : primary ? look.primary : look.button,
      label,
    )
    button.type = 'button'
    button.addEventListener('click', () => dialog.close(value))
    row.append(button)
  }
  dialog.append(
    element('p', look.tag, 'Demonstration wallet · keys of the embedded chain'),
    heading,
    ...content,
    row,
  )
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === '' ? undefined : dialog.returnValue)
    })
  })
}

/** Which of the accounts to show to the page; undefined if none. */
export async function chooseAccount(addresses: readonly string[]): Promise<number | undefined> {
  const names: Record<number, string> = { 0: 'administrator', 1: 'officer', 2: 'approver', 9: 'operator' }
  const buttons = addresses.map((address, index) => ({
    label: `${address}${names[index] ? ` · ${names[index]}` : ''}`,
    value: String(index),
  }))
  const intro = element('p', look.text, 'Which account may this page see?')
  const answer = await ask('Connect', [intro], [...buttons, { label: 'Decline', value: 'decline' }], true)
  return answer === undefined || answer === 'decline' ? undefined : Number(answer)
}

/** Shows what is about to be signed, as the wallet got it. */
export async function confirm(title: string, address: string, shown: string): Promise<boolean> {
  const pre = element('pre', look.pre, shown)
  pre.tabIndex = 0
  const answer = await ask(
    title,
    [element('p', look.text, `As ${address}`), pre],
    [
      { label: 'Decline', value: 'decline' },
      { label: 'Sign', value: 'sign', primary: true },
    ],
    false,
  )
  return answer === 'sign'
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = '') {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

// Which of a reader's commands change the cluster: looking costs nothing. A line is not carried out for it, only read, as
// far as it takes to find kubectl's verb.

import { dictionary } from '../engine/dictionary.ts'

const changing = new Set([
  'annotate',
  'apply',
  'autoscale',
  'cordon',
  'create',
  'delete',
  'drain',
  'edit',
  'expose',
  'label',
  'patch',
  'replace',
  'run',
  'scale',
  'set',
  'taint',
  'uncordon',
])
/** Verbs of which only some subcommands change anything. */
const parts: Readonly<Record<string, RegExp>> = dictionary({
  rollout: /^(pause|restart|resume|undo)$/,
  certificate: /^(approve|deny)$/,
  auth: /^reconcile$/,
})
/** kubectl's flags that take the next word, where they can stand before the verb. */
const takesValue =
  /^(-n|-s|--namespace|--context|--cluster|--user|--as|--server|--kubeconfig|--request-timeout)$/

const isChange = (words: readonly string[]): boolean => {
  const at = words.findIndex(word => /^(kubectl|kk|k)$/.test(word))
  // On a node: services that are stopped and started, processes that are ended.
  if (at < 0)
    return /\b(systemctl (re)?(start|stop|load)|systemctl (en|dis)able --now|service \S+ (re)?(start|stop)|kill(all)?) /.test(
      `${words.join(' ')} `,
    )
  let i = at + 1
  while (words[i]?.startsWith('-')) i += takesValue.test(words[i]!) ? 2 : 1
  const verb = words[i] ?? ''
  if (words.some(word => /^--dry-run(=(client|server))?$/.test(word))) return false
  return changing.has(verb) || parts[verb]?.test(words[i + 1] ?? '') === true
}

/** Commands of a line that change something: of a list or a pipe each one counts. */
export function changesIn(line: string): number {
  // What is quoted is one word, but for a command that goes to a node; a comment is none. The rest falls into its commands.
  const quoted = /^\s*ssh\s/.test(line) ? /['"]/g : /'[^']*'|"(?:[^"\\]|\\.)*"/g
  const bare = line.replace(quoted, text => (text.length > 1 ? 'x' : ' ')).replace(/(^|\s)#.*$/gm, '')
  return bare.split(/[|;&\n()`]+/).filter(each => isChange(each.trim().split(/\s+/))).length
}

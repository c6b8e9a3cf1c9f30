// Where bash, the ash of busybox and Debian's dash say the same thing in other words.

export interface Dialect {
  readonly name: string
  /** `bash: line 1: ` (a script or -c), `bash: ` (typed), `sh: `. */
  prefix(place: { line: number; interactive: boolean; command: boolean; script: string }): string
  notFound(name: string): string
  noSuchFile(path: string): string
  /** The line is quoted after a syntax error. */
  readonly quotesLine: boolean
  prompt(machine: { readonly user: string; readonly hostname: string }, cwd: string): string
  cannotOpen(path: string, reason: string): string
  cannotCreate(path: string, reason: string): string
  /** What `sh PATH` says where the script cannot be read; `shell` is what the shell was called. */
  noScript(shell: string, path: string, reason: string): string
  /** Exit code of a script that wanted a variable which was not set. */
  readonly unsetStatus: number
}

export const bash: Dialect = {
  name: 'bash',
  prefix: ({ line, interactive, script }) => (interactive ? `${script}: ` : `${script}: line ${line}: `),
  notFound: name => `${name}: command not found`,
  noSuchFile: path => `${path}: No such file or directory`,
  quotesLine: true,
  prompt: ({ user, hostname }, cwd) => `${user}@${hostname}:${cwd}${user === 'root' ? '#' : '$'} `,
  cannotOpen: (path, reason) => `${path}: ${reason}`,
  cannotCreate: (path, reason) => `${path}: ${reason}`,
  noScript: (shell, path, reason) => `${shell}: ${path}: ${reason}`,
  unsetStatus: 127,
}

export const ash: Dialect = {
  name: 'sh',
  prefix: ({ script }) => `${script}: `,
  notFound: name => `${name}: not found`,
  noSuchFile: path => `${path}: not found`,
  quotesLine: false,
  prompt: ({ user }, cwd) => `${cwd} ${user === 'root' ? '#' : '$'} `,
  cannotOpen: (path, reason) =>
    `can't open ${path}: ${reason === 'No such file or directory' ? 'no such file' : reason}`,
  cannotCreate: (path, reason) =>
    `can't create ${path}: ${reason === 'No such file or directory' ? 'nonexistent directory' : reason}`,
  noScript: (shell, path, reason) => `${shell}: can't open '${path}': ${reason}`,
  unsetStatus: 2,
}

/** `/bin/sh` of Debian and Ubuntu: `sh: 1: nosuch: not found`. */
export const dash: Dialect = {
  ...ash,
  prefix: ({ line, script }) => `${script}: ${line}: `,
  prompt: ({ user }) => (user === 'root' ? '# ' : '$ '),
  cannotOpen: (path, reason) =>
    `cannot open ${path}: ${reason === 'No such file or directory' ? 'No such file' : reason}`,
  cannotCreate: (path, reason) =>
    `cannot create ${path}: ${reason === 'No such file or directory' ? 'Directory nonexistent' : reason}`,
  noScript: (shell, path, reason) =>
    `${shell}: 0: cannot open ${path}: ${reason === 'No such file or directory' ? 'No such file' : reason}`,
}

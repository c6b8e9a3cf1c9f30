// What the shell and its tools refuse: programs that are not there, files that are not, punctuation of an input method.

import { nearest } from '../../manifest/nearest.ts'
import { plainCharacter } from '../../manifest/odd-characters.ts'
import { findWord, inserted, type Rule, replaced, type Said } from './said.ts'
import { foreignTool } from './tools.ts'

/** Full-width characters and curly quotes outside plain text, as an input method leaves them. */
const odd = /[\uff01-\uff5e“”‘’—–、。【】\u3000]/gu

/** Whether the command has them, and what it is without. */
function plain({ command }: Said): { first: string; from: number; line: string } | undefined {
  const from = command.search(odd)
  if (from < 0) return undefined
  const line = command
    .replace(/(?<=\s)(?:——|[—–－])(?=\w)/g, dash => '-'.repeat(dash.length))
    .replace(odd, plainCharacter)
  return { first: command[from]!, from, line }
}

export const oddCharacters: Rule = {
  pattern: /\S/,
  find(_, said) {
    const found = plain(said)
    if (!found) return undefined
    const { first, from, line } = found
    const params = { character: first, plain: plainCharacter(first) }
    return { code: 'odd-character', params, wrong: { from, to: from + 1 }, cure: line, instead: true }
  },
}

const unknownProgram: Rule = {
  pattern: /^(?:bash: )?(?:line \d+: )?(\S+): command not found$/,
  find([, name = ''], said) {
    const wrong = findWord(said, name)
    if (!wrong) return undefined
    const rest = said.command.slice(wrong.to).trim()
    const tool = foreignTool(name)
    if (tool) {
      const line = tool.line?.replace('@', name).replace('$', () => rest)
      const cure = tool.line?.endsWith(' ') ? line : line?.trimEnd()
      return {
        code: `tool-${tool.group}`,
        params: { name, line: line?.trim() },
        wrong,
        cure,
        instead: true,
      }
    }
    if (name === '$' || name === '#') return { code: 'prompt-typed', wrong, cure: rest, instead: true }
    if (said.around.kubectlCommands().includes(name))
      return {
        code: 'kubectl-missing',
        params: { name },
        wrong,
        cure: inserted(said, wrong.from, 'kubectl '),
        instead: true,
      }
    const near = nearest(name, said.around.programs)
    if (!near) return { code: 'program-unknown', params: { name }, wrong, cure: 'help' }
    return { code: 'program-near', params: { name, near }, wrong, cure: replaced(said, wrong, near) }
  },
}

/** `cat: nope: No such file or directory`, in bash's, coreutils' and kubectl's words. */
const missingFile: Rule = {
  pattern:
    /^(?:error: the path "(.+)" does not exist|(?:bash: )?(?:line \d+: )?(?:\w[\w-]*: )?(?:cannot \w+(?: \w+)* )?'?([^':\s]+)'?: No such file or directory|error: open (\S+): no such file or directory)/,
  find([, ...paths], said) {
    const path = paths.find(Boolean) ?? ''
    const wrong = findWord(said, path)
    if (!wrong) return undefined
    const files = said.around.filesBeside(path)
    const manifests = /\.ya?ml$/.test(path) ? files.filter(file => /\.(?:ya?ml|json)$/.test(file)) : files
    const swapped = path.replace(/\.(ya?ml)$/, (_, end) => (end === 'yml' ? '.yaml' : '.yml'))
    const near = files.includes(swapped) ? swapped : nearest(path, manifests)
    if (near) return { code: 'file-near', params: { path, near }, wrong, cure: replaced(said, wrong, near) }
    return { code: 'file-missing', params: { path }, wrong, cure: 'ls' }
  },
}

const unknownHost: Rule = {
  pattern: /^ssh: Could not resolve hostname (\S+):/,
  find([, name = ''], said) {
    const wrong = findWord(said, name)
    const nodes = said.around.names('nodes')
    const near = nearest(name, nodes) ?? nodes.at(-1)
    if (!wrong || !near) return undefined
    return {
      code: 'node-near',
      params: { name, near, nodes: nodes.join(', ') },
      wrong,
      cure: replaced(said, wrong, near),
    }
  },
}

const unclosed: Rule = {
  pattern: /unexpected EOF while looking for matching [`'"](.)'?|syntax error: unexpected end of file/,
  find([, quote]) {
    return quote
      ? { code: 'quote-open', params: { quote }, instead: true }
      : { code: 'command-open', instead: true }
  },
}

const unexpectedToken: Rule = {
  pattern: /syntax error near unexpected token [`']([^']+)'/,
  find([, token = ''], said) {
    return { code: 'token', params: { token }, wrong: findWord(said, token), instead: true }
  },
}

const notPermitted: Rule = {
  pattern: /^(?:bash: )?(?:\w+: )?(\S+): Permission denied$/,
  find([, path = ''], said) {
    return {
      code: 'permission',
      params: { path },
      wrong: findWord(said, path),
      cure: `ls -l ${path}`,
      instead: true,
    }
  },
}

export const shellRules: readonly Rule[] = [
  unknownProgram,
  missingFile,
  unknownHost,
  unclosed,
  unexpectedToken,
  notPermitted,
]

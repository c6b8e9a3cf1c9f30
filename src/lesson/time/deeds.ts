// What a deed is called: as one would type it, without its time.
import type { Deed } from '../history.ts'
import type { Script } from '../script.ts'

/** Ctrl-C and Ctrl-D belong to the command they were pressed in. */
export const isKey = ({ input }: Deed): boolean => input.type === 'interrupt' || input.type === 'end-of-input'

const told = (values: object): string =>
  Object.entries(values)
    .filter(([name]) => name !== 'type')
    .map(([name, value]) => ` ${name}=${String(value)}`)
    .join('')

/** `path`: the branch up to this deed, or beyond it: what a command of the lesson is depends on those before it. */
export function deedText(deed: Deed, path: readonly Deed[], { commands }: Pick<Script, 'commands'>): string {
  const { input } = deed
  switch (input.type) {
    case 'next': {
      const index = path.slice(0, path.indexOf(deed)).filter(each => each.input.type === 'next').length
      return commands[index]?.text ?? ''
    }
    case 'input':
      return input.text.trim()
    case 'interrupt':
      return '^C'
    case 'end-of-input':
      return '^D'
    case 'write':
    case 'edited':
      return `${input.text === undefined ? ':q!' : ':w'} ${input.file.split('/').at(-1)}`
    case 'fault':
    case 'repair':
      return `${input.type} ${input.fault.type}${told(input.fault)}`
    case 'add-node':
      return input.type
    case 'load-balancer':
    case 'metrics':
    case 'any-image':
      return `${input.type} ${input.on ? 'on' : 'off'}`
    case 'load':
      return `load${told(input.load)}`
  }
}

const program = /^(?:kubectl|kk|k)\s+/
const longest = 26

/** The words of a command that say what it does: `rollout undo`, `scale deployment/web`. */
export function shortText(command: string): string {
  const words = command.split('\n')[0]!.replace(program, '').split(/\s+/)
  let text = ''
  for (const word of words) {
    if (text && (word.startsWith('--') || `${text} ${word}`.length > longest)) break
    text = text ? `${text} ${word}` : word
  }
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text
}

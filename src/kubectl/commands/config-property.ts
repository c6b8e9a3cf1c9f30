// kubectl config set and unset: a property named by a path. Names of contexts and the like may hold dots: a name ends
// where the next word is a field (kubectl pkg/cmd/config/navigation_step_parser.go, set.go).
import { decodeBase64, encodeBase64 } from '../../engine/bytes.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError } from '../errors.ts'
import { parseGoBool } from '../flags.ts'
import { showHelp } from '../help.ts'
import { entryFields, type FieldKind, type Section } from '../kubeconfig-fields.ts'
import { byCodePoint } from '../print/values.ts'
import { ConfigFile, sections } from './config-file.ts'

/** Shows the help and refuses the arguments, as most of `kubectl config` does. */
export function unexpectedArgs(ctx: Context, word = 'Unexpected'): CommandError {
  showHelp(ctx)
  return new CommandError(`${word} args: [${ctx.args.join(' ')}]`)
}

interface Place {
  readonly section: Section
  readonly name: string
  /** Absent: the entry itself. */
  readonly field?: string
  readonly kind: FieldKind
}

const plain = ['kind', 'apiVersion', 'current-context']

function placeOf(property: string): Place | string {
  const parts = property.split('.')
  const [first = ''] = parts
  const nowhere = (after: string, at: string) =>
    new CommandError(`unable to parse ${property} after [${after}] at ${at}`)
  if (plain.includes(first) && parts.length === 1) return first
  if (first === 'preferences' && parts[1] === 'colors' && parts.length === 2) return property
  const section = sections.find(each => each === first)
  if (!section) throw nowhere('', 'api.Config')
  const fields = entryFields[section]
  const end = parts.findIndex((part, i) => i > 1 && fields.some(field => field.name === part))
  const name = parts.slice(1, end < 0 ? undefined : end).join('.')
  if (end < 0) return { section, name, kind: 'other' }
  if (end < parts.length - 1)
    throw new CommandError(`unable to parse one or more field values of ${property}`)
  const field = parts[end]!
  return { section, name, field, kind: fields.find(each => each.name === field)!.kind }
}

/** Go shows the entries of a map of pointers by their addresses. */
function mapText(ctx: Context, file: ConfigFile, section: Section): string {
  const base = 0xc000000000 + Math.floor(ctx.process.engine.random.float() * 0x8000) * 0x100
  const names = [...file.config[section].keys()].sort(byCodePoint)
  return `map[${names.map((name, i) => `${name}:0x${(base + i * 0x80).toString(16)}`).join(' ')}]`
}

function parsed(kind: FieldKind, text: string, raw: boolean): unknown {
  if (kind === 'boolean') {
    if (text === '') return false
    const value = parseGoBool(text)
    if (value === undefined)
      throw new CommandError(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
    return value
  }
  if (kind === 'bytes') {
    if (raw) return encodeBase64(text)
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text))
      throw new CommandError(`error decoding input value: illegal base64 data at input byte ${badByte(text)}`)
    return decodeBase64(text) === '' ? '' : text
  }
  return kind === 'list' ? text.split(',') : text
}

/** Where Go's decoder gives up: the first character that is none of base64, or the start of a group that is cut off. */
function badByte(text: string): number {
  const bad = text.search(/[^A-Za-z0-9+/=]/)
  return bad >= 0 ? bad : Math.floor(text.length / 4) * 4
}

export const setProperty: Command = {
  name: 'set',
  flags: 'set-raw-bytes',
  *run(ctx) {
    const [property = '', value = ''] = ctx.args
    if (ctx.args.length !== 2) throw unexpectedArgs(ctx)
    const file = new ConfigFile(ctx)
    const raw = ctx.flags.bool('set-raw-bytes')
    if ((sections as readonly string[]).includes(property))
      throw new CommandError(`can't set a map to a value: ${mapText(ctx, file, property as Section)}`)
    const place = placeOf(property)
    if (place === 'current-context') file.currentContext = value
    else if (place === 'preferences.colors') file.preferences.colors = parsed('boolean', value, raw)
    else if (typeof place !== 'string') {
      const { section, name, field, kind } = place
      const map = file.config[section]
      if (!field) throw new CommandError(`can't set a map to a value: ${mapText(ctx, file, section)}`)
      map.set(name, { ...map.get(name), [field]: parsed(kind, value, raw) })
    }
    file.save()
    ctx.line(`Property ${JSON.stringify(property)} set.`)
    return 0
  },
}

export const unsetProperty: Command = {
  name: 'unset',
  *run(ctx) {
    const [property = ''] = ctx.args
    if (ctx.args.length !== 1) throw unexpectedArgs(ctx)
    const file = new ConfigFile(ctx)
    if ((sections as readonly string[]).includes(property)) file.config[property as Section].clear()
    else {
      const place = placeOf(property)
      if (place === 'current-context') file.currentContext = ''
      else if (place === 'preferences.colors') delete file.preferences.colors
      else if (typeof place !== 'string') {
        const { section, name, field } = place
        const map = file.config[section]
        if (!field) map.delete(name)
        else {
          const entry = map.get(name)
          if (!entry) throw new CommandError(`current map key \`${name}\` is invalid`)
          const { [field]: _, ...rest } = entry
          map.set(name, rest)
        }
      }
    }
    file.save()
    ctx.line(`Property ${JSON.stringify(property)} unset.`)
    return 0
  },
}

// What leaves the lab for others and what comes from them: a history as an address or a script, and a foreign one read
// before anything of it happens. Loaded when it is first asked for.
import type { ExportWords } from '../../lesson/export.ts'
import { exportScript } from '../../lesson/export.ts'
import { mostText, Refusal, readForeign, summaryOf } from '../../lesson/foreign.ts'
import { History } from '../../lesson/history.ts'
import { readHeader, writeHistory } from '../../lesson/history-text.ts'
import { playPlace } from '../../lesson/playground.ts'
import type { Script } from '../../lesson/script.ts'
import { version } from '../../lesson/version.ts'
import { withParts } from '../../parts/load.ts'
import type { FromWorker, ToWorker } from './protocol.ts'
import type { Session } from './session.ts'
import { pack, unpack } from './share.ts'

/** Characters of a history that an address may hold: longer ones are cut or refused by what they are sent through. */
const mostAddress = 8000

/** Where a place belongs: exercises of a lesson to that lesson. */
const lessonOf = (place: string): string => place.split('@')[0] ?? ''

export function answer(
  message: Extract<ToWorker, { type: 'share' | 'export' | 'peek' }>,
  session: Session,
): Promise<FromWorker> {
  if (message.type === 'share') return shared(session)
  return message.type === 'peek' ? looked(message, session) : exported(session, message.words)
}

async function shared(session: Session): Promise<FromWorker> {
  const { text, summary } = await withParts(() => ({
    text: session.kept,
    summary: summaryOf(session.history),
  }))
  const packed = await pack(text)
  if (packed.length <= mostAddress || summary.paths === 1)
    return { type: 'shared', packed: packed.length <= mostAddress ? packed : undefined, summary }
  // All ways are too much for an address; the one that is being taken may not be.
  const short = await pack(await withParts(() => onlyPath(session)))
  return short.length <= mostAddress
    ? { type: 'shared', packed: short, summary: { ...summary, paths: 1 }, alone: true }
    : { type: 'shared', packed: undefined, summary }
}

function onlyPath({ history, script }: Session): string {
  const alone = new History(history.header)
  for (const { input, ended } of history.path()) alone.add(input, ended)
  alone.elapsed = history.elapsed
  return writeHistory(alone, script.files)
}

function exported({ history, script }: Session, words: ExportWords): Promise<FromWorker> {
  return withParts(() => ({ type: 'exported', text: exportScript(history.path(), script, words) }))
}

async function looked(message: Peek, { script }: Session): Promise<FromWorker> {
  try {
    const { packed, text = '' } = message
    const given = packed === undefined ? text : await unpacked(packed)
    return await withParts(() => summedUp(given, script, message))
  } catch (error) {
    if (error instanceof Refusal) return { type: 'refused', reason: error.reason }
    throw error
  }
}

function unpacked(packed: string): Promise<string> {
  return unpack(packed, mostText).catch(error => {
    const long = error instanceof Error && error.message === 'too long'
    throw new Refusal(long ? 'long' : 'spoilt', 'it cannot be unpacked')
  })
}

type Peek = Extract<ToWorker, { type: 'peek' }>

/** Throws a Refusal. */
function summedUp(text: string, script: Script, { words, own = false }: Peek): FromWorker {
  if (text.length > mostText) throw new Refusal('long', `${text.length} characters`)
  const place = placeOf(text)
  if (place !== lessonOf(script.header.lesson))
    return { type: 'refused', reason: 'elsewhere', place: place.slice(0, 200), history: text }
  const files = place === playPlace ? {} : script.files
  const history = readForeign(text, files)
  if (place !== playPlace && history.header.content !== script.header.content)
    return { type: 'refused', reason: 'changed' }
  const { commands } = script
  const exercise = history.header.lesson !== place
  return {
    type: 'foreign',
    history: text,
    summary: summaryOf(history),
    sameVersion: history.header.version === version,
    script: exportScript(
      history.path(),
      { ...script, header: history.header, commands: exercise ? [] : commands },
      words,
    ),
    own,
  }
}

function placeOf(text: string): string {
  try {
    return lessonOf(readHeader(text).lesson)
  } catch {
    throw new Refusal('spoilt', 'this is no history')
  }
}

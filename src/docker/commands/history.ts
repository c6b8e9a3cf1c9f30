// docker history: how an image came to be, the newest step first (cli/command/formatter/history.go).
import type { HistoryEntry, ImageContent } from '../../containers/content.ts'
import { formatTime } from '../../engine/engine.ts'
import { type Command, exactly } from '../command.ts'
import { formatted, type Row } from '../format.ts'
import { humanSize, since } from '../units.ts'

const heads = {
  ID: 'IMAGE',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  CreatedBy: 'CREATED BY',
  Size: 'SIZE',
  Comment: 'COMMENT',
}
const longest = 45

/** The steps with the bytes of their layers, the newest first. */
export function steps({ history, layers }: ImageContent): { entry: HistoryEntry; size: number }[] {
  let layer = 0
  return history.map(entry => ({ entry, size: entry.empty ? 0 : (layers[layer++]?.size ?? 0) })).reverse()
}

export const history: Command = {
  names: ['image history', 'history'],
  usage: '[OPTIONS] IMAGE',
  arguments: exactly(1),
  flags: 'format:string human,H=true no-trunc platform:string quiet,q',
  *run({ process, daemon, flags, args: [text = ''] }) {
    yield* daemon.call(process, `/images/${text}/history`)
    const stored = daemon.image(text)
    const isWhole = flags.is('no-trunc')
    const isHuman = flags.is('human')
    const rows = steps(stored.content).map(({ entry, size }, i): Row => {
      const by = entry.createdBy.replaceAll('\t', ' ')
      const at = formatTime(Math.floor(entry.created / 1000) * 1000)
      return {
        Comment: entry.comment ?? '',
        CreatedAt: at,
        CreatedBy: isWhole || by.length <= longest ? by : `${by.slice(0, longest - 1)}…`,
        CreatedSince: isHuman ? since(entry.created, daemon.engine.now) : at,
        ID: i > 0 ? '<missing>' : isWhole ? stored.id : stored.id.slice(7, 19),
        Size: isHuman ? humanSize(size, 3) : String(size),
      }
    })
    process.stdout.write(
      formatted(
        {
          heads,
          columns: ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
          rows,
          type: '*formatter.historyContext',
          quiet: 'ID',
        },
        flags.text('format'),
        flags.is('quiet'),
      ),
    )
    return 0
  },
}

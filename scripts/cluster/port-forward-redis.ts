// Redis over a forwarded port: RESP2 as clients of any language speak it (https://redis.io/docs/latest/develop/reference/
// protocol-spec). Commands are read from the bytes, asked of the server in the pod one after the other, and its replies
// are written in their order. RESP3 is refused as by a server that does not know HELLO.
import type { Duplex } from 'node:stream'
import type { PortForward } from '../../src/api/types.ts'
import type { Reply } from '../../src/containers/programs/redis/store.ts'
import { fromBytes, toBytes } from '../../src/engine/bytes.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { heldAtMost } from '../../src/engine/holding.ts'
import { Fiber, type Task } from '../../src/engine/task.ts'

const mostArguments = 1024 * 1024

export function forwardRedis(
  engine: Engine,
  connection: PortForward,
  port: number,
  data: Duplex,
  fail: (why: string) => void,
): void {
  const commands = new RespCommands()
  const waiting: string[][] = []
  let password: string | undefined
  let isBusy = false
  let isOver = false

  const end = (last: string) => {
    isOver = true
    waiting.length = 0
    data.end(last)
  }

  function* answer(): Task {
    isBusy = true
    for (let argv = waiting.shift(); argv && !isOver; argv = waiting.shift()) {
      const name = argv[0]!.toLowerCase()
      if (name === 'quit') return end('+OK\r\n')
      const asked = yield* connection.http(port, {
        method: 'REDIS',
        path: '/',
        headers: {},
        body: JSON.stringify({ argv, ...(password !== undefined && { password }) }),
        from: { address: '127.0.0.1', port: 0 },
      })
      if (isOver) return
      if (!asked.ok) {
        isOver = true
        return fail(asked.failed)
      }
      const reply = JSON.parse(asked.value.body) as Reply
      if (name === 'auth' && reply.type !== 'error') password = argv.at(-1)
      data.write(toBytes(encoded(reply)))
    }
    isBusy = false
  }

  data.on('data', (chunk: Buffer) => {
    if (isOver) return
    try {
      waiting.push(...commands.read(chunk))
    } catch (error) {
      if (!(error instanceof RespError)) throw error
      return end(`-ERR Protocol error: ${error.message}\r\n`)
    }
    if (waiting.length && !isBusy) new Fiber(engine, answer())
  })
  data.on('end', () => {
    if (!isOver && !isBusy) data.end()
  })
  data.on('close', () => {
    isOver = true
  })
}

function encoded(reply: Reply): string {
  switch (reply.type) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text}\r\n`
    case 'integer':
      return `:${reply.value}\r\n`
    case 'nil':
      return '$-1\r\n'
    case 'bulk':
      return `$${toBytes(reply.text).length}\r\n${reply.text}\r\n`
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(encoded).join('')}`
  }
}

/** What is no command; the message is the server's (src/networking.c). */
class RespError extends Error {}

/** Commands from bytes that come in pieces: arrays of bulk strings, or words on a line as a person types them. */
class RespCommands {
  #bytes = Buffer.alloc(0)

  /** The commands that are whole by now, as texts. Throws RespError. */
  read(chunk: Buffer): string[][] {
    this.#bytes = Buffer.concat([this.#bytes, chunk])
    const found: string[][] = []
    for (;;) {
      const next = this.#next()
      if (!next) break
      this.#bytes = this.#bytes.subarray(next.end)
      if (next.argv.length) found.push(next.argv)
    }
    if (this.#bytes.length > heldAtMost) throw new RespError('too big bulk count string')
    return found
  }

  #next(): { argv: string[]; end: number } | undefined {
    const first = this.#line(0)
    if (!first) return undefined
    if (!first.text.startsWith('*')) return { argv: first.text.split(/\s+/).filter(Boolean), end: first.end }
    const count = Number(first.text.slice(1))
    if (!Number.isInteger(count) || count > mostArguments) throw new RespError('invalid multibulk length')
    const argv: string[] = []
    let at = first.end
    while (argv.length < count) {
      const head = this.#line(at)
      if (!head) return undefined
      if (!head.text.startsWith('$')) throw new RespError(`expected '$', got '${head.text[0] ?? ' '}'`)
      const length = Number(head.text.slice(1))
      if (!/^\$\d+$/.test(head.text) || length > heldAtMost) throw new RespError('invalid bulk length')
      const end = head.end + length
      if (this.#bytes.length < end + 2) return undefined
      argv.push(fromBytes(this.#bytes.subarray(head.end, end)))
      at = end + 2
    }
    return { argv, end: at }
  }

  /** The line that begins there; `end` is after its end. */
  #line(from: number): { text: string; end: number } | undefined {
    const at = this.#bytes.indexOf('\n', from)
    if (at < 0) return undefined
    return { text: this.#bytes.subarray(from, at).toString('latin1').replace(/\r$/, ''), end: at + 1 }
  }
}

// The server side of a WebSocket (RFC 6455), as much of it as kubectl needs: binary and text messages, ping, close.
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

export interface WebSocketHandlers {
  message(data: Buffer): void
  closed(): void
}

export class WebSocketConnection {
  readonly #socket: Duplex
  #buffer = Buffer.alloc(0)
  #fragments: Buffer[] = []
  #open = true

  constructor(request: IncomingMessage, socket: Duplex, protocol: string, handlers: WebSocketHandlers) {
    this.#socket = socket
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    )
    const end = () => {
      if (!this.#open) return
      this.#open = false
      handlers.closed()
    }
    socket.on('data', (data: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, data])
      for (let frame = this.#take(); frame; frame = this.#take()) {
        const { opcode, final, data } = frame
        if (opcode === 8) {
          this.close()
          end()
        } else if (opcode === 9) this.#send(10, data)
        else if (opcode <= 2) {
          this.#fragments.push(data)
          if (!final) continue
          handlers.message(Buffer.concat(this.#fragments))
          this.#fragments = []
        }
      }
    })
    socket.on('close', end)
    socket.on('error', end)
  }

  send(data: Buffer): void {
    this.#send(2, data)
  }

  close(): void {
    if (!this.#open) return
    this.#send(8, Buffer.from([3, 232]))
    this.#socket.end()
  }

  #send(opcode: number, data: Buffer): void {
    if (!this.#open) return
    const head = [0x80 | opcode]
    if (data.length < 126) head.push(data.length)
    else if (data.length < 65536) head.push(126, data.length >> 8, data.length & 255)
    else {
      const length = Buffer.alloc(8)
      length.writeBigUInt64BE(BigInt(data.length))
      head.push(127, ...length)
    }
    this.#socket.write(Buffer.concat([Buffer.from(head), data]))
  }

  #take(): { opcode: number; final: boolean; data: Buffer } | undefined {
    const b = this.#buffer
    if (b.length < 2) return undefined
    let at = 2
    let length = b[1]! & 127
    if (length === 126) {
      if (b.length < 4) return undefined
      length = b.readUInt16BE(2)
      at = 4
    } else if (length === 127) {
      if (b.length < 10) return undefined
      length = Number(b.readBigUInt64BE(2))
      at = 10
    }
    const masked = (b[1]! & 128) !== 0
    const mask = masked ? b.subarray(at, at + 4) : undefined
    if (masked) at += 4
    if (b.length < at + length) return undefined
    const data = Buffer.from(b.subarray(at, at + length))
    if (mask) for (let i = 0; i < data.length; i++) data[i] = data[i]! ^ mask[i & 3]!
    this.#buffer = b.subarray(at + length)
    return { opcode: b[0]! & 15, final: (b[0]! & 128) !== 0, data }
  }
}

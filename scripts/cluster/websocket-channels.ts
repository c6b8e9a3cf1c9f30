// One WebSocket as several streams, as the subprotocols *.channel.k8s.io have it: each message begins with the number of
// its channel (a byte; of the base64 ones a digit), and from v5 on a message to channel 255 closes the one it names.
import { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'

const closing = 255

export interface ChannelForm {
  readonly base64: boolean
  /** The other side may close one channel of several. */
  readonly closes: boolean
}

export const formOf = (protocol: string): ChannelForm => ({
  base64: protocol.includes('base64'),
  closes: protocol.startsWith('v5.'),
})

export class ChannelSocket {
  readonly #socket: WebSocket
  readonly #form: ChannelForm
  readonly #channels = new Map<number, Duplex>()

  constructor(socket: WebSocket, form: ChannelForm) {
    this.#socket = socket
    this.#form = form
    socket.on('message', data => this.#receive(data))
    socket.on('close', () => {
      for (const channel of this.#channels.values()) channel.destroy()
    })
    // It closes itself, with the code that the fault has; there is nothing to add.
    socket.on('error', () => {})
  }

  /** A channel; what comes for one that nobody has asked for is lost. */
  channel(number: number): Duplex {
    const before = this.#channels.get(number)
    if (before) return before
    const socket = this.#socket
    const channel = new Duplex({
      writableHighWaterMark: 2 ** 20,
      read: () => socket.resume(),
      write: (bytes: Buffer, _encoding, done) => this.#send(number, bytes, done),
    })
    // One that nobody reads holds up all of them.
    channel.on('error', () => socket.terminate())
    this.#channels.set(number, channel)
    return channel
  }

  #send(number: number, bytes: Buffer, done: (error?: Error | null) => void): void {
    // Who has gone is no fault of who writes.
    const sent = () => done()
    if (this.#form.base64) this.#socket.send(`${number}${bytes.toString('base64')}`, sent)
    else this.#socket.send(Buffer.concat([Buffer.of(number), bytes]), sent)
  }

  #receive(data: RawData): void {
    const { base64, closes } = this.#form
    const message = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)])
    if (!message.length) return
    const number = base64 ? message[0]! - 0x30 : message[0]!
    if (closes && number === closing) {
      const closed = this.#channels.get(message[1] ?? -1)
      if (closed && !closed.readableEnded) closed.push(null)
      return
    }
    const channel = this.#channels.get(number)
    if (!channel || channel.destroyed || channel.readableEnded) return
    const bytes = base64 ? Buffer.from(message.toString('latin1', 1), 'base64') : message.subarray(1)
    if (bytes.length && !channel.push(bytes)) this.#socket.pause()
  }
}

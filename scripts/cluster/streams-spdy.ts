// SPDY/3.1 (the draft of 2013, "SPDY Protocol - Draft 3.1"), the server's side: several streams in one connection, as
// kubectl's exec, attach and port-forward have it. Of the protocol there is what Kubernetes uses: streams that clients
// open, their headers, data, ends, resets and pings. Windows of flow control are left out, on purpose: the clients'
// library neither opens nor keeps them, and a side that waited for them would stand still after 64 KiB. The libraries
// of npm do wait, and have had no release since 2018; so it is written here.
import { Duplex } from 'node:stream'
import { SpdyHeaderReader, SpdyHeaderWriter } from './streams-spdy-headers.ts'

const frame = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  ping: 6,
  goAway: 7,
  headers: 8,
} as const
const version = 3
const fin = 1
const invalidStream = 2
const cancelled = 5
const protocolError = 1

/** A frame of data has so many bytes at most; of control, which the header's compression bounds in practice. */
const dataMost = 2 ** 15
const controlMost = 2 ** 16
/** Bytes of one stream that may wait for their reader. */
const waitingMost = 2 ** 20
/** Streams that a connection may have open at a time. */
const streamsMost = 1000

class BrokenFrame extends Error {}

export class SpdyStream extends Duplex {
  readonly headers: ReadonlyMap<string, string>
  readonly #connection: SpdyConnection
  readonly #id: number
  #wanted: (() => void) | undefined

  constructor(connection: SpdyConnection, id: number, headers: ReadonlyMap<string, string>) {
    super({ readableHighWaterMark: waitingMost, writableHighWaterMark: waitingMost })
    this.#connection = connection
    this.#id = id
    this.headers = headers
    // One that nobody reads holds up all of them.
    this.on('error', () => connection.abort())
  }

  /** What has come; settled once there is room for more. */
  async receive(bytes: Buffer, isLast: boolean): Promise<void> {
    if (this.destroyed || this.readableEnded) return
    const more = bytes.length === 0 || this.push(bytes)
    if (isLast) this.push(null)
    else if (!more)
      await new Promise<void>(go => {
        this.#wanted = go
      })
  }

  override _read(): void {
    this.#wanted?.()
    this.#wanted = undefined
  }

  override _write(bytes: Buffer, _encoding: unknown, done: (error?: Error | null) => void): void {
    this.#connection.sendData(this.#id, bytes, false, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#connection.sendData(this.#id, Buffer.alloc(0), true, done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this._read()
    this.#connection.forget(this.#id, this.readableEnded && this.writableFinished)
    done(error)
  }
}

export class SpdyConnection {
  readonly #socket: Duplex
  readonly #onStream: (stream: SpdyStream) => void
  readonly #streams = new Map<number, SpdyStream>()
  readonly #reader = new SpdyHeaderReader()
  readonly #writer = new SpdyHeaderWriter()
  #last = 0

  constructor(socket: Duplex, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket
    this.#onStream = onStream
    socket.on('error', () => {})
    socket.on('close', () => this.#closed())
    this.#run().catch(() => {
      this.#control(frame.goAway, numbers(this.#last, protocolError))
      socket.end(() => socket.destroy())
    })
  }

  /** No more streams; what has been written is sent. */
  close(): void {
    if (!this.#socket.writable) return
    this.#control(frame.goAway, numbers(this.#last, 0))
    this.#socket.end()
  }

  abort(): void {
    this.#socket.destroy()
  }

  sendData(id: number, bytes: Buffer, isLast: boolean, done: (error?: Error | null) => void) {
    if (!this.#socket.writable) return done()
    for (let at = 0; at + dataMost < bytes.length; at += dataMost)
      this.#socket.write(dataFrame(id, bytes.subarray(at, at + dataMost), false))
    const rest = bytes.length && bytes.length % dataMost === 0 ? dataMost : bytes.length % dataMost
    this.#socket.write(dataFrame(id, bytes.subarray(bytes.length - rest), isLast), () => done())
  }

  /** A stream has gone, by both ends or all at once. */
  forget(id: number, isEnded: boolean): void {
    if (this.#streams.delete(id) && !isEnded) this.#control(frame.rstStream, numbers(id, cancelled))
  }

  async #run(): Promise<void> {
    let waiting: Buffer[] = []
    let have = 0
    let need = 8
    for await (const chunk of this.#socket) {
      waiting.push(chunk as Buffer)
      have += (chunk as Buffer).length
      if (have < need) continue
      let bytes = Buffer.concat(waiting)
      for (need = lengthOf(bytes); bytes.length >= need; need = lengthOf(bytes)) {
        await this.#take(bytes.subarray(0, need))
        bytes = bytes.subarray(need)
      }
      waiting = [bytes]
      have = bytes.length
    }
  }

  async #take(bytes: Buffer): Promise<void> {
    const isControl = (bytes[0]! & 0x80) !== 0
    const flags = bytes[4]!
    const body = bytes.subarray(8)
    if (!isControl) return await this.#data(bytes.readUInt32BE(0), body, (flags & fin) !== 0)
    if ((bytes.readUInt16BE(0) & 0x7fff) !== version) throw new BrokenFrame()
    const type = bytes.readUInt16BE(2)
    if (type === frame.synStream) await this.#opened(body, (flags & fin) !== 0)
    // Their headers are read for the compression's sake: it goes through all frames.
    else if (type === frame.synReply || type === frame.headers) await this.#reader.read(body.subarray(4))
    else if (type === frame.rstStream) this.#reset(body.readUInt32BE(0))
    else if (type === frame.ping && body.readUInt32BE(0) % 2 === 1) this.#control(frame.ping, body)
  }

  async #opened(body: Buffer, isLast: boolean): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff
    const headers = await this.#reader.read(body.subarray(10))
    if (id % 2 === 0 || id <= this.#last || this.#streams.size >= streamsMost) throw new BrokenFrame()
    this.#last = id
    const stream = new SpdyStream(this, id, headers)
    this.#streams.set(id, stream)
    this.#control(frame.synReply, Buffer.concat([numbers(id), await this.#writer.empty()]))
    this.#onStream(stream)
    if (isLast) await stream.receive(Buffer.alloc(0), true)
  }

  async #data(id: number, body: Buffer, isLast: boolean): Promise<void> {
    const stream = this.#streams.get(id)
    if (stream) await stream.receive(body, isLast)
    else if (id > this.#last) this.#control(frame.rstStream, numbers(id, invalidStream))
  }

  #reset(id: number): void {
    const stream = this.#streams.get(id)
    this.#streams.delete(id)
    stream?.destroy()
  }

  #closed(): void {
    for (const stream of this.#streams.values()) stream.destroy()
    this.#streams.clear()
    this.#reader.close()
    this.#writer.close()
  }

  #control(type: number, body: Buffer): void {
    if (!this.#socket.writable) return
    const head = Buffer.alloc(8)
    head.writeUInt16BE(0x8000 | version, 0)
    head.writeUInt16BE(type, 2)
    head.writeUInt32BE(body.length, 4)
    this.#socket.write(Buffer.concat([head, body]))
  }
}

/** Bytes of the frame that begins here, so far as they are known. */
function lengthOf(bytes: Buffer): number {
  if (bytes.length < 8) return 8
  const length = bytes.readUIntBE(5, 3)
  if (bytes[0]! & 0x80 && length > controlMost) throw new BrokenFrame()
  return 8 + length
}

function dataFrame(id: number, body: Buffer, isLast: boolean): Buffer {
  const head = numbers(id, body.length)
  head[4] = isLast ? fin : 0
  return body.length ? Buffer.concat([head, body]) : head
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, 4 * at)
  return bytes
}

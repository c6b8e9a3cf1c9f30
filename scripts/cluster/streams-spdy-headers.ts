// Headers of SPDY/3.1 frames: names and values with their lengths, compressed by zlib in one go through all frames of a
// connection, with a dictionary that both sides know ("SPDY Protocol - Draft 3.1", 2.6.10).
import { constants, createDeflate, createInflate } from 'node:zlib'

/** The words of the dictionary, each of which has its length before it; then its tail, as it stands. */
const words = [
  ...'options head post put delete trace accept accept-charset accept-encoding accept-language accept-ranges age'.split(
    ' ',
  ),
  ...'allow authorization cache-control connection content-base content-encoding content-language'.split(' '),
  ...'content-length content-location content-md5 content-range content-type date etag expect expires from'.split(
    ' ',
  ),
  ...'host if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location'.split(
    ' ',
  ),
  ...'max-forwards pragma proxy-authenticate proxy-authorization range referer retry-after server te trailer'.split(
    ' ',
  ),
  ...'transfer-encoding upgrade user-agent vary via warning www-authenticate method get status'.split(' '),
  '200 OK',
  ...'version HTTP/1.1 url public set-cookie keep-alive origin'.split(' '),
]
const tail = [
  '100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505',
  '203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized',
  '403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable',
  'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT',
  'chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,',
  'text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.',
].join('')

const withLength = (word: string): Buffer => {
  const bytes = Buffer.from(`\0\0\0\0${word}`, 'latin1')
  bytes.writeUInt32BE(word.length)
  return bytes
}

const dictionary: Buffer = Buffer.concat([...words.map(withLength), Buffer.from(tail, 'latin1')])

/** Bytes that the headers of one frame may have. */
const headersMost = 2 ** 16

export class SpdyHeaderReader {
  readonly #inflate = createInflate({ dictionary })
  #out: Buffer[] = []
  #length = 0
  #fail: (error: Error) => void = () => {}

  constructor() {
    this.#inflate.on('data', (bytes: Buffer) => {
      this.#length += bytes.length
      if (this.#length > headersMost) this.#inflate.destroy(new RangeError('headers are too long'))
      else this.#out.push(bytes)
    })
    this.#inflate.on('error', error => this.#fail(error))
  }

  /** The headers of the next frame, names in lower case; rejects where they are none. */
  read(block: Buffer): Promise<Map<string, string>> {
    return new Promise((resolve, reject) => {
      this.#out = []
      this.#length = 0
      this.#fail = reject
      this.#inflate.write(block, () => {
        // What has come out is handed over in the same turn, or the next.
        setImmediate(() => {
          try {
            resolve(parse(Buffer.concat(this.#out)))
          } catch (broken) {
            reject(broken)
          }
        })
      })
    })
  }

  close(): void {
    this.#inflate.destroy()
  }
}

function parse(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>()
  let at = 4
  const next = () => {
    const length = bytes.readUInt32BE(at)
    const end = at + 4 + length
    if (end > bytes.length) throw new RangeError('a header is longer than all of them')
    const text = bytes.toString('latin1', at + 4, end)
    at = end
    return text
  }
  for (let left = bytes.readUInt32BE(0); left > 0; left--) {
    const name = next()
    headers.set(name.toLowerCase(), next())
  }
  return headers
}

export class SpdyHeaderWriter {
  readonly #deflate = createDeflate({ dictionary })

  constructor() {
    this.#deflate.on('error', () => {})
  }

  /** No headers, for the next frame. */
  empty(): Promise<Buffer> {
    return new Promise(resolve => {
      this.#deflate.write(Buffer.alloc(4))
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () =>
        setImmediate(() => resolve(this.#deflate.read() as Buffer)),
      )
    })
  }

  close(): void {
    this.#deflate.destroy()
  }
}

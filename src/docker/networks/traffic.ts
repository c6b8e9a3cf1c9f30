// What goes through a container's network cards, as `docker stats` shows it: bytes of the frames that HTTP over TCP takes.
import { byteLength } from '../../engine/bytes.ts'
import type { HttpHandler, HttpRequest, HttpResponse } from '../../engine/network.ts'
import { standingBefore } from '../../engine/network.ts'

/** Frames of a connection's beginning and end, without data, each way. */
const handshake = 4 * 66
/** Before anybody asks: the neighbours' and routers' discovery of IPv6, and ARP. */
const greetings = 876
const frameHead = 66
const frameData = 1448

const framed = (text: number): number => text + Math.ceil(text / frameData) * frameHead

const headLength = (first: string, headers: Readonly<Record<string, string>> = {}): number =>
  Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    first.length + 4,
  )

const requestLength = ({ method, path, headers, body }: Omit<HttpRequest, 'from'>): number =>
  framed(headLength(`${method} ${path} HTTP/1.1`, headers) + byteLength(body ?? '')) + handshake

const responseLength = ({ status, headers, body }: HttpResponse): number =>
  framed(headLength(`HTTP/1.1 ${status} OK`, headers) + byteLength(body ?? '')) + handshake

export class Traffic {
  /** Bytes. */
  received = greetings
  sent = 0
  /** Requests that it has answered. */
  answered = 0

  /** It asked somebody; without a response nobody answered. */
  asked(request: Omit<HttpRequest, 'from'>, response: HttpResponse | undefined): void {
    this.sent += requestLength(request)
    if (response) this.received += responseLength(response)
  }

  /** A server whose requests and responses count. */
  counting(handler: HttpHandler): HttpHandler {
    const traffic = this
    return standingBefore(handler, function* (request) {
      traffic.received += requestLength(request)
      const response = yield* handler(request)
      traffic.answered++
      if (response && response !== 'abrupt') traffic.sent += responseLength(response)
      return response
    })
  }
}

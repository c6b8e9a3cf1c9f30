// A small made-up world outside the cluster, so that ExternalName services and egress policies have something to reach:
// a web server by the names example.com and www.example.com, and public name servers. It is an option of a world: the
// cluster that was recorded has no way out, and neither has a world without it.
import { dictionary } from '../engine/dictionary.ts'
import {
  byTls,
  type DnsHandler,
  type DnsQuestion,
  type DnsReply,
  type HttpHandler,
  type HttpResponse,
} from '../engine/network.ts'
import { Host } from './host.ts'

/** From the block that RFC 5737 keeps for examples. */
const webAddress = '203.0.113.10'
const names: Readonly<Record<string, string>> = dictionary({
  'example.com': webAddress,
  'www.example.com': webAddress,
})
const nameServers = ['8.8.8.8', '1.1.1.1']
const ttl = 300

const page = `<!doctype html>
<html>
<head><title>Example Domain</title></head>
<body><h1>Example Domain</h1><p>This domain is for use in examples.</p></body>
</html>
`
const forbidden =
  '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n'

export class Outside {
  readonly hosts: readonly Host[]

  constructor() {
    const web = new Host(webAddress, '', 'www.example.com')
    // Whoever comes by a name that is not its own is sent away, as by most servers of many sites.
    const serve: HttpHandler = function* ({ headers }) {
      const host = headers.host?.replace(/:\d+$/, '').toLowerCase() ?? ''
      return Object.hasOwn(names, host) ? answer(200, page) : answer(403, forbidden)
    }
    for (const port of [80, 443]) web.listen(port, port === 443 ? byTls(serve) : serve)
    const dns: DnsHandler = function* (question) {
      return lookUp(question)
    }
    const servers = nameServers.map(address => {
      const host = new Host(address, '', address)
      host.listen(53, undefined, dns)
      return host
    })
    this.hosts = [web, ...servers]
  }

  answer(question: DnsQuestion): DnsReply {
    return lookUp(question)
  }
}

function lookUp({ name, type }: DnsQuestion): DnsReply {
  const asked = name.replace(/\.$/, '').toLowerCase()
  if (!Object.hasOwn(names, asked)) return { code: 'NXDOMAIN', records: [] }
  return { code: 'NOERROR', records: type === 'A' ? [{ name: asked, type, data: names[asked]!, ttl }] : [] }
}

function answer(status: number, body: string): HttpResponse {
  const headers = { 'content-type': 'text/html', 'content-length': String(body.length) }
  return { status, headers, body }
}

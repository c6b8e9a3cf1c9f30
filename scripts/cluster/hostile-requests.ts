// Requests that no client means: 68 raw ones, by name. A server may answer them as it likes, and must go on.

const pods = '/api/v1/namespaces/default/pods'
const maps = '/api/v1/namespaces/default/configmaps'

/** What is sent on a connection of its own: a text whose characters are bytes, or pieces of it with pauses between. */
export type Raw = string | readonly string[]

export function hostileRequests(token: string): Readonly<Record<string, Raw>> {
  const head = (line: string, ...headers: string[]) =>
    [line, 'Host: localhost', `Authorization: Bearer ${token}`, ...headers, '', ''].join('\r\n')
  const get = (path: string, ...headers: string[]) => head(`GET ${path} HTTP/1.1`, ...headers)
  const post = (body: string, type = 'application/json', path = maps) =>
    head(`POST ${path} HTTP/1.1`, `Content-Type: ${type}`, `Content-Length: ${body.length}`) + body
  const patch = (body: string, type: string) =>
    head(`PATCH ${maps}/a HTTP/1.1`, `Content-Type: ${type}`, `Content-Length: ${body.length}`) + body
  const chunked = (body: string) =>
    head(`POST ${maps} HTTP/1.1`, 'Content-Type: application/json', 'Transfer-Encoding: chunked') + body
  const upgrade = (path: string, ...headers: string[]) => get(path, 'Connection: Upgrade', ...headers)
  const protobuf = 'application/vnd.kubernetes.protobuf'
  const exec = `${pods}/a/exec?command=ls&stdout=true`
  return {
    'nothing at all': '',
    'only line breaks': '\r\n\r\n\r\n\r\n',
    'no request line': 'hello\r\n\r\n',
    'a request line without a path': 'GET\r\n\r\n',
    'a request line without a version': 'GET /api\r\n\r\n',
    'a version that does not exist': 'GET /api HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'HTTP/2 without asking': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a TLS greeting': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'random bytes': '\x00\xff\xfe\x80\x01\x02\x03\r\n\r\n',
    'a method that is unknown': head('BREW /api HTTP/1.1'),
    'a method of other protocols': head('PROPFIND /api HTTP/1.1'),
    'a method in small letters': head('get /api HTTP/1.1'),
    CONNECT: head('CONNECT localhost:80 HTTP/1.1'),
    TRACE: head('TRACE /api HTTP/1.1'),
    'OPTIONS *': head('OPTIONS * HTTP/1.1'),
    'HEAD of a list': head(`HEAD ${pods} HTTP/1.1`),
    'HEAD of a watch': head(`HEAD ${pods}?watch=true HTTP/1.1`),
    'a path that begins twice': get('//'),
    'a path of slashes': get('/'.repeat(500)),
    'an address in place of a path': get('http://localhost/api/v1'),
    'an address of elsewhere': get('http://:::@@/api'),
    'a path upwards': get('/api/v1/../../../etc/passwd'),
    'a zero byte in a name': get(`${pods}/%00`),
    'half an escape': get(`${pods}/%`),
    'an escape that is none': get(`${pods}/%zz`),
    'escaped bytes that are no UTF-8': get(`${pods}/%ff%fe`),
    'an escaped slash': get(`${pods}/a%2Fb%2f..`),
    'a name of ten thousand letters': get(`${pods}/${'a'.repeat(10_000)}`),
    'a URL longer than headers may be': get(`/${'a'.repeat(100_000)}`),
    'a query of nothing': get(`${pods}?&&==&=`),
    'a query with broken escapes': get(`${pods}?labelSelector=%&fieldSelector=%zz`),
    'names of every object in the query': get(`${pods}?__proto__=1&constructor=2&toString=3`),
    'selectors that are none': get(`${pods}?labelSelector=((((&fieldSelector=!!=,,`),
    'a limit that is no number': get(`${pods}?limit=-1e999&continue=AAAA`),
    'a watch of the future': get(`${pods}?watch=true&resourceVersion=99999999999999999999`),
    'a watch that lasts for ever': get(`${pods}?watch=true&timeoutSeconds=1e400`),
    'a resource named __proto__': get('/api/v1/__proto__/constructor'),
    'a group named __proto__': get('/apis/__proto__/v1/prototype'),
    'an OpenAPI document that is none': get('/openapi/v3/../__proto__'),
    'no Host': 'GET /api HTTP/1.1\r\n\r\n',
    'two Hosts': head('GET /api HTTP/1.1', 'Host: other'),
    'a Host of another site': 'GET /api HTTP/1.1\r\nHost: attacker.example\r\n\r\n',
    'a Host that is no name': 'GET /api HTTP/1.1\r\nHost: [::1\r\n\r\n',
    'a header without a colon': get('/api', 'nonsense'),
    'a header of control characters': get('/api', 'X: \x01\x02'),
    'more headers than anybody has': get('/api', ...Array.from({ length: 3000 }, (_, i) => `X-${i}: y`)),
    'groups without a user': get(pods, 'Impersonate-Group: system:masters'),
    'an Accept of commas': get(pods, `Accept: ${',;=q;'.repeat(500)}`),
    'a token of spaces': `GET ${pods} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer    \r\n\r\n`,
    'a token with a broken claim': `GET ${pods} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a.bm8.c\r\n\r\n`,
    'a body that is no JSON': post('{"a":'),
    'a body of brackets': post('['.repeat(100_000)),
    'a body of null': post('null'),
    'a body that is a list': post('[1,2]'),
    'a body with a prototype': post('{"__proto__":{"a":1},"metadata":{"name":"p"}}'),
    'YAML that contains itself': post('&a [*a, *a]', 'application/yaml'),
    'YAML of a billion laughs': post(
      `a: &a [x,x]\n${[...'bcdefghijklmnop'].map((c, i) => `${c}: &${c} [*${'abcdefghijklmnop'[i]},*${'abcdefghijklmnop'[i]}]`).join('\n')}`,
      'application/yaml',
    ),
    'protobuf that ends at once': post('k8s\0', protobuf),
    'protobuf of endless numbers': post(`k8s\0${'\xff'.repeat(1000)}`, protobuf),
    'protobuf of groups within groups': post(`k8s\0${'\x0b'.repeat(5000)}`, protobuf),
    'a patch of nothing': patch('', 'application/json-patch+json'),
    'a patch that leads nowhere': patch(
      '[{"op":"move","from":"/x/-1","path":"/~2"}]',
      'application/json-patch+json',
    ),
    'a length that is no number': `${head(`POST ${maps} HTTP/1.1`, 'Content-Length: many')}{}`,
    'a length and chunks': `${head(`POST ${maps} HTTP/1.1`, 'Content-Length: 2', 'Transfer-Encoding: chunked')}{}`,
    'chunks that are none': chunked('zz\r\n{}\r\n'),
    'a body that never comes whole': [head(`POST ${maps} HTTP/1.1`, 'Content-Length: 1000'), '{', '"a"', ':'],
    'an upgrade to nothing': upgrade(exec, 'Upgrade: '),
    'a WebSocket without a key, and garbage': [upgrade(exec, 'Upgrade: websocket'), '\xff\xff\xff\xff'],
  }
}

// Dockerfiles as nobody would write them, for tests: right pieces in any order, cut, doubled and with odd characters in them.
import type { Random } from '../../engine/random.ts'

const pieces = `FROM alpine:3.22
FROM alpine:3.22 AS base
FROM base
FROM golang:1.26-alpine AS builder
FROM scratch
FROM nothere:1 as x
FROM --platform=$BUILDPLATFORM alpine
FROM $BASE
FROM \${BASE:-alpine}
ARG BASE=alpine
ARG A=1 B
ENV A=1 B="two words" C='x'
ENV OLD value
ENV
LABEL a=b "c d"=e
WORKDIR /src
WORKDIR $A/\${B}
WORKDIR
COPY . .
COPY main.go go.mod ./
COPY --from=builder /out/main .
COPY --from=0 /etc /x
COPY --from=nothere a b
COPY --chown=nobody:nobody main.go /
COPY --chmod=755 *.go /x/
COPY ["main.go", "/a b/"]
COPY <<EOF /file
ADD main.go /tmp/
ADD https://example.com/x /
RUN echo hi
RUN exit 3
RUN ["ls", "-l"]
RUN go build -o /out/main .
RUN <<EOF
RUN --mount=type=cache,target=/x true
RUN
CMD ["/app/main"]
CMD ['/app/main']
ENTRYPOINT /app/main $A
EXPOSE 3000 53/udp 8000-8002
EXPOSE 3000x
EXPOSE 99999
USER nobody
USER 1000:1000
VOLUME /data ["/a"]
STOPSIGNAL SIGTERM
STOPSIGNAL nope
SHELL ["/bin/sh", "-c"]
SHELL /bin/sh
HEALTHCHECK --interval=5s CMD true
HEALTHCHECK NONE x
ONBUILD RUN true
ONBUILD ONBUILD RUN true
MAINTAINER me
# escape=\`
# syntax=docker/dockerfile:1
# a comment
EOF
RAN true
run \\
  echo a \\

  echo b`.split('\n')

const odd = [
  '\\',
  '"',
  "'",
  '$',
  '${',
  '}',
  '`',
  '\t',
  '\0',
  '中',
  '\r',
  '[',
  ']',
  '<<',
  '*',
  '**',
  '..',
  '/',
  '=',
  '--',
  '\ufeff',
  '😀',
  '#',
]

export function randomDockerfile(random: Random): string {
  const lines: string[] = random.below(4) ? ['FROM alpine:3.22'] : []
  for (let i = random.below(9); i > 0; i--) {
    let line = pieces[random.below(pieces.length)]!
    for (let changes = random.below(4); changes > 1; changes--) {
      const at = random.below(line.length + 1)
      const what = random.below(3)
      if (what === 0) line = line.slice(0, at) + odd[random.below(odd.length)]! + line.slice(at)
      else if (what === 1) line = line.slice(0, at) + line.slice(at + 1 + random.below(5))
      else line = line.slice(at) + line.slice(0, at)
    }
    lines.push(line)
  }
  return lines.join(random.below(20) ? '\n' : '\r\n') + (random.below(5) ? '\n' : '')
}

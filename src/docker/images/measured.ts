// The images of the recorded registry as docker saw them: layers with their bytes, what made them, and when. Its golang is
// a small one, its nginx and httpd are stand-ins (tests/reference/README.md).
import { parseTime } from '../../engine/engine.ts'

export interface MeasuredLayer {
  /** Names the layer: images that share it say the same. */
  readonly key: string
  readonly size: number
  readonly compressed: number
}

export interface Measured {
  readonly created: number
  readonly layers: readonly MeasuredLayer[]
  /** The oldest first; `layer`: it made the next one. */
  readonly history: readonly { readonly by: string; readonly layer?: true }[]
  readonly configSize: number
}

const spring = parseTime('2026-06-01T00:00:00Z')
const summer = parseTime('2026-07-01T00:00:00Z')

const rootfs: MeasuredLayer = { key: 'alpine 3.22', size: 2_310_981, compressed: 1_402_117 }
const alpineHistory = [
  { by: 'ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit', layer: true },
  { by: 'CMD ["/bin/sh"]' },
] as const

const alpine: Measured = { created: summer, layers: [rootfs], history: alpineHistory, configSize: 581 }

const golang: Measured = {
  created: summer,
  layers: [
    rootfs,
    { key: 'golang packages', size: 219_644, compressed: 135_112 },
    { key: 'golang 1.26 toolchain', size: 176_214_507, compressed: 59_731_408 },
    { key: 'golang workspace', size: 0, compressed: 129 },
  ],
  history: [
    ...alpineHistory,
    { by: 'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit', layer: true },
    { by: 'ENV GOLANG_VERSION=1.26.8' },
    { by: 'ENV GOTOOLCHAIN=local' },
    { by: 'ENV GOPATH=/go' },
    { by: 'ENV GOFLAGS=-mod=mod' },
    { by: 'ENV PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    { by: 'COPY /target/ / # buildkit', layer: true },
    {
      by: 'RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit',
      layer: true,
    },
    { by: 'WORKDIR /go' },
  ],
  configSize: 2170,
}

/** An image of one layer, imported as it was. */
const imported = (key: string, size: number, compressed: number): Measured => ({
  created: spring,
  layers: [{ key, size, compressed }],
  history: [{ by: '', layer: true }],
  configSize: 620,
})

const nginx = imported('nginx 1.26', 47_151_104, 22_301_844)

const httpd: Measured = {
  ...imported('httpd', 0, 0),
  layers: [
    { key: 'httpd base', size: 2_310_981, compressed: 1_402_340 },
    { key: 'httpd program', size: 3_469_312, compressed: 1_327_100 },
  ],
  history: [
    { by: '', layer: true },
    { by: '', layer: true },
  ],
}

/** By familiar name with tag. */
export const measured: Readonly<Record<string, Measured>> = {
  'alpine:3.22': alpine,
  'alpine:latest': alpine,
  'golang:1.26-alpine': golang,
  'nginx:1.26': nginx,
  'nginx:latest': nginx,
  'busybox:1.36': imported('busybox 1.36', 2_311_168, 1_390_592),
  'busybox:1.28': imported('busybox 1.28', 2_232_320, 1_341_905),
  'httpd:latest': httpd,
}

// The images of the recorded registry as docker saw them: layers with their bytes, what made them, and when. Its golang is
// a small one, its nginx and httpd are stand-ins (tests/reference/README.md).
import { parseTime } from '../../engine/engine.ts'

export interface MeasuredLayer {
  /** Names the layer: images that share it say the same. */
  readonly key: string
  readonly size: number
  readonly compressed: number
  /** In hexadecimal, where they were seen: of the compressed archive, and of the archive as it is. */
  readonly digest?: string
  readonly diffId?: string
}

export interface Measured {
  readonly created: number
  readonly layers: readonly MeasuredLayer[]
  /** The oldest first; `layer`: it made the next one. */
  readonly history: readonly { readonly by: string; readonly layer?: true }[]
  readonly configSize: number
  /** In hexadecimal, where they were seen: of the manifest, and of the configuration. */
  readonly digest?: string
  readonly id?: string
}

const spring = parseTime('2026-06-01T00:00:00Z')
const summer = parseTime('2026-07-01T00:00:00Z')

const rootfs: MeasuredLayer = {
  key: 'alpine 3.22',
  size: 2_310_981,
  compressed: 1_402_117,
  digest: '8482f3877a622419b041c809abf3fa2b43af71d762ead1416af3c5db9417d96b',
  diffId: 'd7bb2886d72ed22ef032398698d6910c099a11e3328f41dc6a4346759249773d',
}
const alpineHistory = [
  { by: 'ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit', layer: true },
  { by: 'CMD ["/bin/sh"]' },
] as const

const alpine: Measured = {
  created: summer,
  layers: [rootfs],
  history: alpineHistory,
  configSize: 581,
  digest: '1b6ca46e2fc08e720ce08f11207cbc65ca7be8bd35a94c97ee0aeeb4a5f54c6e',
  id: '5c81840b92677c8f7ca0321c96a8bdaae2804a2fd24cefc6ae4dccd16173ee46',
}

const golang: Measured = {
  created: summer,
  layers: [
    rootfs,
    {
      key: 'golang packages',
      size: 219_644,
      compressed: 135_112,
      digest: 'dc43818b439d65294aa52921a737272c092fa550e478cf22b43f7ef394a35198',
    },
    {
      key: 'golang 1.26 toolchain',
      size: 176_214_507,
      compressed: 59_731_408,
      digest: '7a730c9b6f299748e93c8112d3947a209e1a55c1c3aaee57ca7c5e1321ef73cd',
    },
    {
      key: 'golang workspace',
      size: 0,
      compressed: 129,
      digest: '1da38177f762cbe7de65f58bc556ed1490681e752459e893908f700a8215f6fd',
    },
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
  digest: 'cf6aa5f22737dad2aab8021b9b383c1f9a7606a776589c5a8c668d4f8f51d306',
  id: '4cd4bd9c09f9f6e382de1f412854c798078e1feb2cf33c877fe91a225285d250',
}

/** An image of one layer, imported as it was. */
const imported = (layer: MeasuredLayer, names: Pick<Measured, 'digest' | 'id'> = {}): Measured => ({
  created: spring,
  layers: [layer],
  history: [{ by: '', layer: true }],
  configSize: 620,
  ...names,
})

const nginxLayer: MeasuredLayer = {
  key: 'nginx 1.26',
  size: 47_151_104,
  compressed: 22_301_844,
  digest: 'df49a999e46daea1f6e16ebc6f0c34dd298c93936bd5dc2c33a49adedd76b2ec',
  diffId: '43a0e91ad93cee73fbd9eb9662a0bb05c25148b6d2fd99105b50e336b9c4dfee',
}

const httpd: Measured = {
  created: spring,
  configSize: 620,
  digest: 'e90e76a4ab75799c8010598ecc2d671c7b8263c0499de440893ea1d796ab5bb0',
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
  'nginx:1.26': imported(nginxLayer, {
    digest: '29939a9dfe91861ca3896e4384b4a5dcea489a08d788d934fcba4b40f35d9d18',
    id: 'e0e2f7809538711408de384a96d8cc051f735acbfad69d465907da12ba10fe6c',
  }),
  'nginx:latest': imported(nginxLayer, {
    digest: '4ac1bd10819eaf9d68eaa95d980599a5eb8e76896d879afae444bc355acb0f30',
    id: 'ae7a08f9dda769265f75fa1bc599eb54a4ec2283026df28b9f81f84e51a1400f',
  }),
  'busybox:1.36': imported(
    {
      key: 'busybox 1.36',
      size: 2_311_168,
      compressed: 1_390_592,
      digest: '42b033a0be425cdad945b245867814fd01d403c7cc92dbd9388803ad50455c4f',
    },
    {
      digest: '9e0afe740e231e2572b99acfb4ef9e38394594eef121b0d4ebd80cd538d0dc0a',
      id: 'a8b8cfe9998cc760d68a89dd943be6970dd715639dc6685d42e73b4cc6e7dc25',
    },
  ),
  'busybox:1.28': imported({ key: 'busybox 1.28', size: 2_232_320, compressed: 1_341_905 }),
  'httpd:latest': httpd,
}

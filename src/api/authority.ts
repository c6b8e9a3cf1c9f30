// The cluster's certificate authority, which signs the certificates of clients and knows them by its signature. Where a
// world has no secrets of its own its key is the same as in every other: then nothing depends on its secrecy.
import { privatePem } from '../engine/certificates/keys.ts'
import { keyOf, type PublicKey } from '../engine/certificates/rsa.ts'
import { type Extension, keyId, makeCertificate, type Name } from '../engine/certificates/x509.ts'
import type { Engine } from '../engine/engine.ts'

const commonAuthority = keyOf(
  0xc460f452c1091aebdf48733a6fe41ab3f45087ed2d2c3ee84dc27eab9f46ab67dd76dc6f61899176571a843fa105c6122eb1ff8626d4041b8b42a0ef62ee77f2e75a52a2f503b370b568bd7f8811c23616cabc4c760fb9bc0f6872edf7b96916db1cc6b059b21895329d246fbdbd46bacc713cd91d295760cf39e33ad2a30af5n,
  0xb7ea065fcbf4db5ac036364ca9020f555b8821666410e718c95dcdb37ed56c76bdbc0e41fd64d5312281c5911cffd72cd8d0fdb894ede4ad2e40d9f8fbb3ec911759ad06ae46fc4c4d5068724175bde0e68816c6257d0ff03103b2f86edd722ff6582cab84780c4160ea65cb8108828aee2f31be805c00a54c3db44ed6ffe9f7n,
)
const commonAdministrator = keyOf(
  0xfa3532be273525a530ea9398dd1b425d2e3e647286440ae8f21e77cfa30ee2c26a9f93d1ab6fb64f08e2e424a3b64797b6eb714e3872611bf16750030987b7e7b4c3642447a3a348ccbcc187ab99060af4407cbf4055fac70a1a0057aef8a9848886e774fcabe9c4e1b10ee6f8f174d7163f9c36bf1379b8c4b96febc95411ffn,
  0xe35ea08cfe62e54ed73f00a4f72833d41d294f86e3e0aece98ecf86b8a1b856f7a67b2e268d3eddced5386e7339d85e99e894c435ca0cae0436541740d2d1e5f5998315975785727557df7fca646a5f553cb4ab008d9db7814db7cc45dfac202c948527b81ee7c450ec8e24e391907ba739c4090c8d40381b3b5b8b593d6f2b7n,
)

const name: Name = [['CN', 'kubernetes']]
const serial = 0x6cdb88a905de05960aebcee97b2eaf61fe38f3abn
/** Ms since 1970: from when to when the recorded cluster's authority is good, ten years. */
const from = 1_795_424_573_000
const to = 2_110_784_573_000
/** What kubeadm documents for its certificates: a year. */
const yearMs = 365 * 86_400_000

/** The world whose authority is meant. */
type World = Pick<Engine, 'secrets'>
const keyIn = ({ secrets }: World) => secrets?.authority ?? commonAuthority

/** Its public half. */
export function authorityOf(world: World): PublicKey {
  const { n, e } = keyIn(world)
  return { n, e }
}

/** `ca.crt`: what every namespace has in kube-root-ca.crt. */
export const authorityCertificate = (world: World): string => {
  const authority = authorityOf(world)
  const id = keyId(authority)
  return makeCertificate(
    {
      serial,
      issuer: name,
      subject: name,
      from,
      to,
      key: authority,
      extensions: [
        { name: 'subjectKeyIdentifier', critical: false, value: id },
        { name: 'authorityKeyIdentifier', critical: false, value: id },
        { name: 'basicConstraints', critical: true, value: 'CA:TRUE' },
        { name: 'keyUsage', critical: true, value: 'digitalSignature, keyEncipherment, keyCertSign' },
      ],
    },
    keyIn(world),
  )
}

/** `ca.key`, PEM. */
export const authorityKeyFile = (world: World): string => privatePem(keyIn(world))

interface Wanted {
  readonly serial: bigint
  readonly subject: Name
  readonly key: PublicKey
  readonly from: number
  /** Not longer than the authority itself. */
  readonly to: number
  readonly extensions: readonly Extension[]
}

/** A certificate that it signed, as PEM. */
export const issue = (world: World, wanted: Wanted): string =>
  makeCertificate({ ...wanted, issuer: name, to: Math.min(wanted.to, to) }, keyIn(world))

/** The administrator's certificate and key, which kubeadm made with the cluster. */
export function administratorFiles(world: World): { readonly certificate: string; readonly key: string } {
  const key = world.secrets?.administrator ?? commonAdministrator
  const certificate = issue(world, {
    serial: serial - 1n,
    subject: [
      ['O', 'system:masters'],
      ['CN', 'kubernetes-admin'],
    ],
    key,
    from,
    to: from + yearMs,
    extensions: [
      { name: 'keyUsage', critical: true, value: 'digitalSignature, keyEncipherment' },
      { name: 'extendedKeyUsage', critical: false, value: 'clientAuth' },
    ],
  })
  return { certificate, key: privatePem(key) }
}

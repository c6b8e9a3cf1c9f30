// What the API server answers about ConfigMaps and Secrets.
import type { KnownError } from '../../src/lesson/known-error.ts'

export const configuration: readonly KnownError[] = [
  {
    name: 'configmap-too-large',
    text: 'error: failed to create configmap: ConfigMap "big" is invalid: []: Too long: may not be more than 1048576 bytes',
    meaning: {
      zh: '一个 ConfigMap（Secret 也一样）里所有的值加起来，最多 1 MiB。',
      en: 'All values of one ConfigMap, or of one Secret, may have 1 MiB together.',
    },
    cure: {
      zh: '拆成几个，或者放进镜像、放进卷。',
      en: 'Split it, or put it into the image or into a volume.',
    },
    lesson: '10-config/01-configmap',
    lines: [
      'head -c 900000 /dev/zero | base64 -w 0 > big.txt',
      'kk create configmap big --from-file=big.txt',
    ],
  },
  {
    name: 'annotations-too-long',
    text: 'The ConfigMap "big" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    meaning: {
      zh: '`apply` 把整份清单抄进一个注解，注解加起来最多 256 KiB。',
      en: '`apply` copies the whole manifest into an annotation; all annotations together may have 256 KiB.',
    },
    cure: {
      zh: '改用 `kubectl apply --server-side -f big.yaml` 或 `kubectl create -f big.yaml`，都不抄这一份。',
      en: 'Use `kubectl apply --server-side -f big.yaml` or `kubectl create -f big.yaml`, which make no such copy.',
    },
    lesson: '10-config/01-configmap',
    lines: [
      'head -c 300000 /dev/zero | base64 -w 0 > big.txt',
      'kk create configmap big --from-file=big.txt --dry-run=client -o yaml > big.yaml',
      'kk apply -f big.yaml',
    ],
  },
]

// S12: a claim waits.
import { anew, apply, type Case } from '../case.ts'

export const storage: readonly Case[] = [
  {
    chain: [75],
    build: [apply('disk-class', 'claim-class')],
    ask: 'pvc/web-data',
    zh: '要的类 fast 没有；现成的卷 disk-1 属于类 disks。',
    en: 'It asks for class fast, which does not exist; the volume disk-1 is of class disks.',
    cure: anew('claim-class', 's/fast/disks/'),
  },
  {
    chain: [76],
    build: [apply('claim')],
    ask: 'pvc/web-data',
    zh: '没写类也没有默认类，又没有合适的卷。',
    en: 'No class, no default class and no volume that fits.',
    cure: [apply('disk')],
  },
  {
    chain: [77],
    build: [apply('claim-waits')],
    ask: 'pvc/web-data',
    zh: '这是正常的：web-data 等第一个用它的 Pod。',
    en: 'This is as it should be: web-data waits for the first pod that uses it.',
    cure: [
      "sed -i 's/storageClassName: disks/storageClassName: late/' disk-class.yaml",
      apply('disk-class', 'with-claim'),
    ],
  },
  {
    chain: [78],
    build: [apply('disk-class', 'claim-large')],
    ask: 'pvc/web-data',
    zh: 'disk-1 不合适：太小（要 9Gi，有 5Gi）。',
    en: 'disk-1 does not fit: it is too small (wanted 9Gi, has 5Gi).',
    cure: anew('claim-large', 's/9Gi/3Gi/'),
  },
]

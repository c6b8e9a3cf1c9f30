// Every image that the simulated registry has. Another name or tag is `not found`.
import { busybox } from './busybox.ts'
import { clusterImages } from './cluster.ts'
import { curlImage } from './curl.ts'
import { hellok8s } from './hellok8s.ts'
import { httpd } from './httpd.ts'
import type { Image } from './image.ts'
import { nginx } from './nginx.ts'
import { standIns } from './pause.ts'
import { perl } from './perl.ts'

export const images: readonly Image[] = [
  ...hellok8s,
  nginx,
  ...busybox,
  curlImage,
  httpd,
  perl,
  ...standIns,
  ...clusterImages,
]

import type { Chapter } from '../../src/lesson/lesson.ts'

export default {
  title: { zh: '镜像与 docker', en: 'Images and docker' },
  summary: {
    zh: '把自己的程序装进镜像，在本机运行，推到镜像仓库。最后弄清一件事：docker 里有的镜像，为什么集群会说没有。',
    en: 'Put a program of your own into an image, run it, push it to a registry. And find out why a cluster says that an image is missing which docker plainly has.',
  },
} satisfies Chapter

// What docker and its daemon say.
import type { KnownError } from '../../src/lesson/known-error.ts'

export const docker: readonly KnownError[] = [
  {
    name: 'docker-daemon',
    text: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    meaning: {
      zh: 'docker 命令在，后台的 dockerd 没在运行。',
      en: 'The docker command is there; dockerd behind it is not running.',
    },
    cure: {
      zh: '`ssh k8s-master systemctl status docker`，再 `ssh k8s-master systemctl start docker`。',
      en: '`ssh k8s-master systemctl status docker`, then `ssh k8s-master systemctl start docker`.',
    },
    lesson: '02-docker/03-run',
    lines: ['ssh k8s-master systemctl stop docker', 'ssh k8s-master docker ps'],
  },
  {
    name: 'docker-no-dockerfile',
    text: 'ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
    meaning: {
      zh: '构建上下文的目录里没有 Dockerfile。',
      en: 'The folder of the build context has no Dockerfile.',
    },
    cure: {
      zh: '换到正确的目录，或者用 `-f` 指出文件。',
      en: 'Go to the right folder, or name the file with `-f`.',
    },
    lesson: '02-docker/01-dockerfile',
    lines: ['mkdir empty', 'docker build empty'],
  },
  {
    name: 'docker-run-failed',
    text: 'did not complete successfully: exit code: 1',
    meaning: {
      zh: 'Dockerfile 里的一条 `RUN` 失败了，引号里是那条命令。',
      en: 'A `RUN` of the Dockerfile failed; the quotes hold the command.',
    },
    cure: {
      zh: '往上看：那一步自己的输出里有原因，编译错误也在那里。',
      en: 'Look further up: the output of that step has the reason, a compile error too.',
    },
    lesson: '02-docker/01-dockerfile',
    lines: [`printf 'FROM busybox\\nRUN false\\n' | docker build -`],
  },
  {
    name: 'docker-pull-denied',
    text: "pull access denied for nginz, repository does not exist or may require 'docker login'",
    meaning: { zh: '没有这个仓库，或者它是私有的。', en: 'There is no such repository, or it is private.' },
    cure: {
      zh: '查拼写；私有的先 `docker login`。',
      en: 'Check the spelling; for a private one, `docker login` first.',
    },
    lesson: '02-docker/04-push',
    lines: ['docker pull nginz'],
  },
  {
    name: 'docker-push-no-image',
    text: 'An image does not exist locally with the tag: nginx',
    meaning: { zh: '本地没有叫这个名字的镜像可推。', en: 'There is no local image of that name to push.' },
    cure: {
      zh: '`docker images` 看有哪些，用 `docker tag` 取好名字再推。',
      en: '`docker images` lists them; give it its name with `docker tag`.',
    },
    lesson: '02-docker/04-push',
    lines: ['docker push nginx'],
  },
  {
    name: 'docker-no-such-image',
    text: 'Error response from daemon: No such image: nothing:latest',
    meaning: {
      zh: '本地没有这个镜像；没写 tag 就是 `latest`。',
      en: 'There is no such image here; without a tag, `latest` is meant.',
    },
    cure: { zh: '`docker images` 核对仓库名和 tag。', en: 'Check repository and tag with `docker images`.' },
    lesson: '02-docker/02-cache',
    lines: ['docker rmi nothing'],
  },
  {
    name: 'docker-name-taken',
    text: 'Conflict. The container name "/web" is already in use by container',
    meaning: {
      zh: '同名的容器还在，停掉的也算。',
      en: 'A container of that name is there still; stopped ones count.',
    },
    cure: {
      zh: '`docker rm web`；临时的容器用 `--rm` 启动。',
      en: '`docker rm web`; start passing ones with `--rm`.',
    },
    lesson: '02-docker/03-run',
    lines: ['docker run -d --name web nginx', 'docker run -d --name web nginx'],
  },
  {
    name: 'docker-port-taken',
    text: 'Bind for 0.0.0.0:8081 failed: port is already allocated',
    meaning: {
      zh: '主机上的这个端口已经被别的容器占了。',
      en: 'Another container has that port of the host.',
    },
    cure: {
      zh: '`docker ps` 的 PORTS 一列看是谁；换一个端口：`-p 8082:80`。',
      en: 'The PORTS column of `docker ps` tells which; take another: `-p 8082:80`.',
    },
    lesson: '02-docker/03-run',
    lines: ['docker run -d -p 8081:80 nginx', 'docker run -d -p 8081:80 nginx'],
  },
  {
    name: 'docker-executable',
    text: 'unable to start container process: exec: "bsh": executable file not found in $PATH',
    meaning: { zh: '镜像里没有要运行的程序。', en: 'The program to run is not in the image.' },
    cure: {
      zh: '镜像名之后的词会替换 CMD：查拼写，或者试 `sh`。',
      en: 'The words after the image replace CMD: check the spelling, or try `sh`.',
    },
    lesson: '02-docker/03-run',
    lines: ['docker run alpine bsh'],
  },
  {
    name: 'docker-rmi-conflict',
    text: 'conflict: unable to remove repository reference "nginx" (must force)',
    meaning: {
      zh: '有容器在用这个镜像，停掉的也算。',
      en: 'A container uses this image; stopped ones count.',
    },
    cure: {
      zh: '先 `docker rm` 那个容器，再 `docker rmi`。',
      en: '`docker rm` that container first, then `docker rmi`.',
    },
    lesson: '02-docker/03-run',
    lines: ['docker run -d --name web nginx', 'docker rmi nginx'],
  },
  {
    name: 'docker-connection-reset',
    text: 'curl: (56) Recv failure: Connection reset by peer',
    meaning: {
      zh: 'docker 发布的端口接了连接，可是容器里没有程序在监听映射到的那个端口，或者它还没起来。',
      en: 'docker’s published port took the connection, but in the container nothing listens on the port it leads to, or does not yet.',
    },
    cure: {
      zh: '`docker ps` 看 `->` 右边的端口是不是程序用的那个；刚启动的容器，过一秒再试。',
      en: 'Is the port right of `->` in `docker ps` the one the program uses? If the container has only just started, try again in a second.',
    },
    lesson: '02-docker/03-run',
    lines: ['docker run -d -p 3000:8080 nginx', 'sleep 2', 'curl -sS localhost:3000'],
  },
]

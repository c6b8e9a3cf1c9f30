// Ways that must count and ways that must not, each after the exercise's start; a number is a wait in seconds.
const name = 'learner/hellok8s:v1'
const words = "sed -i 's/friends/readers/' main.go"
const stage = "sed -i 's/--from=build /--from=builder /' Dockerfile"
const build = `docker build -q -t ${name} .`
const away = ['docker rm -f tried', 'docker image prune -f']
const run = `docker run -d -p 8080:3000 ${name}`
const login = 'echo secret | docker login -u learner --password-stdin'
const push = `docker push -q ${name}`

export default {
  opening: {
    right: {
      'step by step': [words, stage, build, ...away, run, login, push, 300],
      'pushed before it is tried': [stage, words, build, login, push, 300, ...away, run, 2],
      'the stage is renamed instead': [
        words,
        "sed -i 's/AS builder/AS build/' Dockerfile",
        build,
        login,
        push,
        ...away,
        `docker run -d --rm --name shop -p 8080:3000 ${name}`,
        300,
      ],
      'under a name of its own first': [
        words,
        stage,
        'docker build -q -t shop .',
        `docker tag shop ${name}`,
        'docker stop tried',
        'docker container prune -f',
        'docker image prune -f',
        run,
        login,
        push,
        300,
      ],
    },
    wrong: {
      'the old image under the new name': [
        words,
        `docker tag hellok8s ${name}`,
        ...away,
        run,
        login,
        push,
        300,
      ],
      'the words are old': [stage, build, ...away, run, login, push, 300],
      'the words are changed after the build': [
        "sed -i 's/friends/reader/' main.go",
        stage,
        build,
        ...away,
        run,
        login,
        push,
        "sed -i 's/reader!/readers!/' main.go",
        300,
      ],
      'the old words are pushed first, and the pod has them': [
        stage,
        "sed -i 's/friends/reader/' main.go",
        build,
        login,
        push,
        300,
        "sed -i 's/reader!/readers!/' main.go",
        build,
        ...away,
        run,
        push,
        300,
      ],
      'not logged in, not pushed': [words, stage, build, ...away, run, push, 300],
      'the pod is replaced': [words, stage, build, ...away, run, login, push, 'kk delete pods --all', 60],
      'past the registry': [
        words,
        stage,
        build,
        ...away,
        run,
        `docker save ${name} | ssh k8s-node1 ctr -n k8s.io image import -`,
        300,
      ],
      'yesterday is only stopped': [
        words,
        stage,
        build,
        'docker stop tried',
        'docker image prune -f',
        run,
        login,
        push,
        300,
      ],
      'one stage, and far too big': [
        words,
        `docker build -q -f single.Dockerfile -t ${name} .`,
        ...away,
        run,
        login,
        push,
        300,
      ],
    },
  },
}

# zh: 只有一个阶段，编译用的 Go 也留在镜像里。
# en: One stage only, so the Go that compiled it stays in the image.
FROM golang:1.26-alpine
WORKDIR /src
COPY go.mod main.go ./
RUN go build -o /app/main .
EXPOSE 3000
ENTRYPOINT ["/app/main"]

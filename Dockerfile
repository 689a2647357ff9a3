# Node 24 on Debian. For a build that can be repeated give the digest that your registry has today:
#   docker build --build-arg NODE_IMAGE=node:24-slim@sha256:... .
# The workflow that publishes images looks it up and writes it into the image's provenance.
ARG NODE_IMAGE=node:24-slim

# The extension's bundle is made with the development dependencies; the server runs as it is.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build --if-present && mkdir -p dist

FROM ${NODE_IMAGE}
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc LICENSE NOTICE CHANGELOG.md ./
# The image has the right Node.js: the optional packages would bring it a second time.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY shared shared
COPY server server
COPY --from=build /app/dist dist
RUN mkdir -m 0700 /data && chown 1000:1000 /data
# "node" of the image, as numbers: Kubernetes must see that it is not root. All that it may write is /data and /tmp.
USER 1000:1000
# Holds the embedded database; unused when DATABASE_URL is set.
VOLUME /data
EXPOSE 8080
# The server ends within 20 seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]

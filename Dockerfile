# The extension's bundle is made with the development dependencies; the server runs as it is.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build --if-present && mkdir -p dist

FROM node:24-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has the right Node.js: the optional packages would bring it a second time.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY shared shared
COPY server server
COPY --from=build /app/dist dist
RUN mkdir /data && chown node:node /data
USER node
# Holds the embedded database; unused when DATABASE_URL is set.
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8080}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]

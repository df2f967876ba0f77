# Seedbed with its own runtime; docs/deploy.md says how it is run. What is built is what `npm start` builds.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node bin/kernel.mjs && npx next build
# The image has a Node already, and nothing is built in it.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/node .next/cache

FROM node:24.21.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
COPY --from=build /app/package.json /app/next.config.mjs ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/public public
COPY --from=build /app/bin bin
COPY --from=build /app/lib lib
COPY --from=build /app/.next .next
# What Seedling counts from: made by the build, since nothing else than /data is written to.
COPY --from=build /app/.cache .cache
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/start.mjs"]

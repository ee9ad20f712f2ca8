// Shows the OpenAPI document of this service; nothing is asked of another host.
window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#docs",
    deepLinking: true,
    docExpansion: "none",
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});

import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { App } from "./App";
import { client } from "./api/client";

createRoot(document.getElementById("root")!).render(
  <Provider value={client}>
    <App />
  </Provider>,
);

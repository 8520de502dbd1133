"""The page in a browser: what stands behind `dist/champions.html`, run by Pyodide in a worker of the page."""

# Who may explore this model may open the extension. It has no explores: the connection is not used.
connection: "@{CONNECTION_NAME}"
label: "Heap Data Import"
